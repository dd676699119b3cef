-- The funds that somebody names, by id or by name.
create or replace function security.fund_ids(
    p_funds text[]
)
returns uuid[]
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_fund_id uuid;
    v_fund_ids uuid[] := case when p_funds is not null then '{}'::uuid[] end;
    v_given text;
begin
    foreach v_given in array coalesce(p_funds, '{}') loop
        select f.fund_id into v_fund_id
        from fund.fund as f
        where f.fund_id::text = lower(btrim(v_given)) or f.name = btrim(v_given)
        -- An id before a fund that somebody has named like one.
        order by f.fund_id::text = lower(btrim(v_given)) desc
        limit 1;
        if not found then
            raise exception using
                errcode = 'QB400',
                constraint = 'fund_unknown',
                column = 'funds',
                message = 'There is no fund of this name or id.',
                detail = coalesce(left(v_given, 100), 'null'),
                hint = 'GET /v1/company/ names the funds in use.';
        end if;
        v_fund_ids := v_fund_ids || v_fund_id;
    end loop;
    return v_fund_ids;
end
$$;

comment on function security.fund_ids(text[]) is
'Ids of funds given by name or id; null for null. Raises QB400 fund_unknown.';
grant execute on function security.fund_ids(text[]) to qb_admin;
