-- Who wrote a row is a user: ids are kept without foreign keys, so that users can be erased by
-- emptying one table, never by deleting them.
create or replace view ops.check_authors_are_known
with (security_invoker = true)
as
select
    a.table_name,
    a.row_key,
    a.author,
    'not a user' as finding
from (
    select
        'company.company' as table_name,
        c.company_id as row_key,
        unnest(array[c.created_by, c.last_updated_by]) as author
    from company.company as c
    union all
    select
        'company.metrics_input',
        format('%s %s', i.company_id, i.id),
        unnest(array[i.created_by, i.last_updated_by])
    from company.metrics_input as i
    union all
    select
        'company.valuation_round',
        format('%s %s', v.company_id, v.round_on),
        unnest(array[v.created_by, v.last_updated_by])
    from company.valuation_round as v
    union all
    select
        'fund.fund',
        f.fund_id::text,
        unnest(array[f.created_by, f.last_updated_by])
    from fund.fund as f
    union all
    select
        'ledger.book',
        b.fund_id::text,
        b.created_by
    from ledger.book as b
    union all
    select
        'ledger.account',
        format('%s %s', n.fund_id, n.account_number),
        unnest(array[n.created_by, n.last_updated_by])
    from ledger.account as n
    union all
    select
        'ledger.period',
        format('%s %s', p.fund_id, p.first_on),
        p.closed_by
    from ledger.period as p
    union all
    select
        'ledger.journal_entry',
        format('%s %s', e.fund_id, e.entry_number),
        e.posted_by
    from ledger.journal_entry as e
) as a
left join security.app_user as u on a.author = u.user_id
where a.author is not null and u.user_id is null;

comment on view ops.check_authors_are_known is
'One row per company, submitted quarter, valuation round, fund, account, entry or closed period '
'written by nobody we know.';
