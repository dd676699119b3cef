-- An investor in a request, partner of this fund or not, by its code or id. A narrowed user names
-- those that he meets: partners of his funds, and who is nobody's partner yet but his own entry.
create or replace function fund._read_investor(
    p_fund_id uuid,
    p_request jsonb,
    p_field text default 'investor'
)
returns uuid
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_text text := p_request ->> p_field;
    v_investor_id uuid;
begin
    if v_text is null then
        raise exception using
            errcode = 'QB400',
            constraint = 'required',
            column = p_field,
            message = format('%s is required.', p_field),
            hint = 'Send the code or the investor_id of an investor.';
    end if;
    select i.investor_id
    into v_investor_id
    from fund.investor as i
    where
        (i.investor_code = v_text or i.investor_id::text = lower(v_text))
        and (
            -- Only narrowed users have funds that they are narrowed to.
            p_fund_id <> all(security.visible_funds())
            or i.created_by = security.current_user_id()
            or i.investor_id = any(security.visible_fund_investors())
        )
    -- An id is an id, whatever somebody's code looks like.
    order by i.investor_id::text = lower(v_text) desc
    limit 1;
    if not found then
        raise exception using
            errcode = 'QB400',
            constraint = 'investor_unknown',
            column = p_field,
            message = 'There is no such investor.',
            detail = left(v_text, 60),
            hint = 'GET /v1/investors lists the investors; POST adds one.';
    end if;
    return v_investor_id;
end
$$;

comment on function fund._read_investor(uuid, jsonb, text) is
'investor_id of the investor that p_request names under p_field, by code or id. Raises QB400 '
'required, investor_unknown.';
