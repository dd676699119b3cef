-- The investors that somebody names, by id or by code.
create or replace function security.investor_ids(
    p_investors text[]
)
returns uuid[]
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_investor_id uuid;
    v_investor_ids uuid[] := case when p_investors is not null then '{}'::uuid[] end;
    v_given text;
begin
    foreach v_given in array coalesce(p_investors, '{}') loop
        select i.investor_id into v_investor_id
        from fund.investor as i
        where i.investor_id::text = lower(btrim(v_given)) or i.investor_code = btrim(v_given)
        -- An id before an investor that somebody has given such a code.
        order by i.investor_id::text = lower(btrim(v_given)) desc
        limit 1;
        if not found then
            raise exception using
                errcode = 'QB400',
                constraint = 'investor_unknown',
                column = 'investors',
                message = format('There is no investor "%s".', left(v_given, 100)),
                hint = coalesce(
                    (
                        -- Asked for by administrators only, who see every investor.
                        select
                            'The investors are '
                            || string_agg(n.investor_code, ', ' order by n.investor_code) || '.'
                        from (
                            select i.investor_code
                            from fund.investor as i
                            order by i.investor_code
                            limit 50
                        ) as n
                    ),
                    'There is none yet: POST /v1/investors adds one.'
                );
        end if;
        v_investor_ids := v_investor_ids || v_investor_id;
    end loop;
    return v_investor_ids;
end
$$;

comment on function security.investor_ids(text[]) is
'Ids of investors given by code or id; null for null. Raises QB400 investor_unknown.';
grant execute on function security.investor_ids(text[]) to qb_admin;
