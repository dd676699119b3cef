-- The journals of the funds' books, for BI tools.
create or replace view bi.journal_line
with (security_invoker = true)
as
select
    format('%s:%s', e.entry_id, l.line_number) as journal_line_key,
    e.entry_id::text as entry_id,
    l.line_number,
    f.fund_id::text as fund_id,
    f.name as fund,
    e.entry_number,
    e.entry_on as entry_date,
    extract(year from e.entry_on)::integer as calendar_year,
    extract(quarter from e.entry_on)::integer as calendar_quarter,
    to_char(e.entry_on, '"Q"Q YYYY') as quarter_label,
    to_char(e.entry_on, 'YYYYQ')::integer as quarter_sort,
    e.kind as entry_kind,
    e.memo,
    l.account_number,
    a.name as account_name,
    a.kind as account_kind,
    i.investor_id::text as investor_id,
    i.investor_code,
    l.currency,
    l.debit::numeric(20, 2) as debit_amount,
    l.credit::numeric(20, 2) as credit_amount,
    (l.debit - l.credit)::numeric(20, 2) as net_debit_amount,
    e.reverses_entry_id::text as reverses_entry_id,
    case when e.source_room = 'fund' then e.source_key end as event_id,
    e.posted_at
from ledger.journal_entry as e
inner join ledger.journal_line as l
    on e.fund_id = l.fund_id and e.entry_on = l.entry_on and e.entry_id = l.entry_id
inner join ledger.account as a
    on l.fund_id = a.fund_id and l.account_number = a.account_number
inner join fund.fund as f on e.fund_id = f.fund_id
left join fund.investor as i on l.partner_id = i.investor_id;

comment on view bi.journal_line is
'One row per entry and line of a fund''s journal: entry_id, line_number. Only funds of which the '
'reader sees every company.';
comment on column bi.journal_line.journal_line_key is 'Key of the row. [key; attribute]';
comment on column bi.journal_line.entry_id is 'Id of the entry. [text; attribute]';
comment on column bi.journal_line.line_number is
'Number of the line within its entry. [number; attribute]';
comment on column bi.journal_line.fund_id is 'Key of the fund; joins bi.fund. [key; attribute]';
comment on column bi.journal_line.fund is 'Name of the fund. [text; attribute]';
comment on column bi.journal_line.entry_number is
'Number of the entry within its fund, in the order of posting. [number; attribute]';
comment on column bi.journal_line.entry_date is
'Day of the entry in the books; joins bi.calendar. [date; attribute]';
comment on column bi.journal_line.calendar_year is 'Year of entry_date. [number; attribute]';
comment on column bi.journal_line.calendar_quarter is
'Quarter 1 to 4 of entry_date. [number; attribute]';
comment on column bi.journal_line.quarter_label is
'Quarter of entry_date for people, such as Q4 2025. [text; attribute]';
comment on column bi.journal_line.quarter_sort is
'Quarter of entry_date for sorting, such as 20254. [number; attribute]';
comment on column bi.journal_line.entry_kind is
'Kind of entry, such as capital_call. [text; attribute]';
comment on column bi.journal_line.memo is
'What was noted; null when nothing was. [text; attribute]';
comment on column bi.journal_line.account_number is 'Number of the account. [text; attribute]';
comment on column bi.journal_line.account_name is 'Name of the account. [text; attribute]';
comment on column bi.journal_line.account_kind is
'asset, liability, equity, income or expense. [text; attribute]';
comment on column bi.journal_line.investor_id is
'Key of the partner whose account it is; null on accounts that are not kept by partner. [key; '
'attribute]';
comment on column bi.journal_line.investor_code is
'Short name of that partner; null when investor_id is. [text; attribute]';
comment on column bi.journal_line.currency is
'ISO 4217 code of every amount of the row: filter on one before summing. [text; attribute]';
comment on column bi.journal_line.debit_amount is
'Debit, in currency; 0 on a credit. [money; additive]';
comment on column bi.journal_line.credit_amount is
'Credit, in currency; 0 on a debit. [money; additive]';
comment on column bi.journal_line.net_debit_amount is
'Debit less credit, in currency; all lines of an entry add up to 0. [money; additive]';
comment on column bi.journal_line.reverses_entry_id is
'Id of the entry that this one takes back; null for the others. [text; attribute]';
comment on column bi.journal_line.event_id is
'Id of the event of the fund that posted the entry; null for entries posted by hand. [text; '
'attribute]';
comment on column bi.journal_line.posted_at is 'When it was posted (UTC). [time; attribute]';
grant select on bi.journal_line to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
