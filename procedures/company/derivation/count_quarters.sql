-- After derived quarters came or went: keeps their number right. Rows that only changed are not
-- looked at. The company is locked by whoever derives, so nobody else changes its numbers.
create or replace function company.count_quarters()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
    if tg_op = 'INSERT' then
        insert into company.quarter_count as q (company_id, currency, quarters)
        select
            n.company_id,
            n.currency,
            count(*)
        from new_rows as n
        group by n.company_id, n.currency
        on conflict (company_id, currency) do update
        set quarters = q.quarters + excluded.quarters;
    elsif exists (select from old_rows) then
        update company.quarter_count as q
        set quarters = q.quarters - o.quarters
        from (
            select
                r.company_id,
                r.currency,
                count(*) as quarters
            from old_rows as r
            group by r.company_id, r.currency
        ) as o
        where q.company_id = o.company_id and q.currency = o.currency;

        delete from company.quarter_count as q
        using old_rows as o
        where q.company_id = o.company_id and q.currency = o.currency and q.quarters = 0;
    end if;
    return null;
end
$$;

comment on function company.count_quarters() is
'Trigger _600_count on company.quarterly_reporting_financials: keeps company.quarter_count right.';
