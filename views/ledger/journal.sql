-- The journal as one reads it: each line with its entry and the name of its account.
create or replace view ledger.journal
with (security_invoker = true)
as
select
    e.fund_id,
    e.entry_id,
    e.entry_number,
    e.entry_on,
    e.kind,
    e.memo,
    l.line_number,
    l.account_number,
    a.name as account_name,
    l.partner_id,
    l.currency,
    l.debit::numeric(20, 2) as debit,
    l.credit::numeric(20, 2) as credit,
    e.reverses_entry_id,
    e.source_room,
    e.source_key,
    e.posted_at,
    coalesce(p.display_name, 'Former user') as posted_by
from ledger.journal_entry as e
inner join ledger.journal_line as l
    on e.fund_id = l.fund_id and e.entry_on = l.entry_on and e.entry_id = l.entry_id
inner join ledger.account as a
    on l.fund_id = a.fund_id and l.account_number = a.account_number
left join security.person as p on e.posted_by = p.user_id;

comment on view ledger.journal is
'One row per line of a posted entry, with the entry and the account''s name; amounts in units of '
'currency to the cent.';
grant select on ledger.journal to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
