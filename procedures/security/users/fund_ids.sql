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
                message = format('There is no fund "%s".', left(v_given, 100)),
                hint = coalesce(
                    (
                        -- Asked for by administrators only, who see every fund.
                        select 'The funds are ' || string_agg(n.name, ', ' order by n.name) || '.'
                        from (
                            select f.name from fund.fund as f order by f.name limit 50
                        ) as n
                    ),
                    'There is none yet: a fund is made by the first company that names it.'
                );
        end if;
        v_fund_ids := v_fund_ids || v_fund_id;
    end loop;
    return v_fund_ids;
end
$$;

comment on function security.fund_ids(text[]) is
'Ids of funds given by name or id; null for null. Raises QB400 fund_unknown.';
grant execute on function security.fund_ids(text[]) to qb_admin;
