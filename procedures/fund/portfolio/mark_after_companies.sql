-- After companies moved between funds or were archived: the totals of the funds they left and came
-- to are other ones, for every quarter they reported. All are noted: one that the same statement
-- took away would be found nowhere else. (What else of a company changes its derived rows, and is
-- noted with them.)
create or replace function fund.mark_after_companies()
returns trigger
language plpgsql
volatile
-- Definer: notes are nobody's to write but the derivation's.
security definer
set search_path = ''
as $$
begin
    if not exists (select from new_rows) then
        return null;
    end if;

    insert into fund.portfolio_change (
        fund_id,
        first_ordinal,
        last_ordinal
    )
    select distinct
        f.fund_id,
        0,
        100000
    from new_rows as n
    inner join old_rows as o on n.company_id = o.company_id
    cross join lateral (values (n.fund_id), (o.fund_id)) as f (fund_id)
    where row(n.fund_id, n.is_archived) is distinct from row(o.fund_id, o.is_archived);
    return null;
end
$$;

comment on function fund.mark_after_companies() is
'Trigger _600_mark on company.company: the totals of funds whose companies changed are computed '
'again.';
