-- Every leg of a partner's part of a distribution, for BI tools: what was distributed, and what
-- closes, transfers and reversals changed.
create or replace view bi.distribution_line
with (security_invoker = true)
as
select
    format('%s:%s', l.event_id, l.line_number) as distribution_line_key,
    l.event_id::text as event_id,
    l.line_number,
    f.fund_id::text as fund_id,
    f.name as fund,
    i.investor_id::text as investor_id,
    i.investor_code,
    i.name as investor,
    l.distribution_id::text as distribution_id,
    d.distribution_number,
    d.declared_on as declared_date,
    d.paid_on as paid_date,
    d.recallable_until as recallable_until_date,
    l.event_on as line_date,
    extract(year from l.event_on)::integer as calendar_year,
    extract(quarter from l.event_on)::integer as calendar_quarter,
    to_char(l.event_on, '"Q"Q YYYY') as quarter_label,
    to_char(l.event_on, 'YYYYQ')::integer as quarter_sort,
    l.reason,
    f.currency,
    l.amount::numeric(20, 2) as distributed_amount,
    l.recallable_amount::numeric(20, 2) as recallable_amount
from fund.distribution_line as l
inner join fund.distribution as d
    on l.fund_id = d.fund_id and l.distribution_id = d.event_id
inner join fund.fund as f on l.fund_id = f.fund_id
inner join fund.investor as i on l.investor_id = i.investor_id;

comment on view bi.distribution_line is
'One row per event and leg of a partner''s part of a distribution: event_id, line_number. The '
'rows of a distribution and partner add up to what stands. Only funds of which the reader sees '
'every company.';
comment on column bi.distribution_line.distribution_line_key is 'Key of the row. [key; attribute]';
comment on column bi.distribution_line.event_id is
'Id of what wrote the row: the distribution, or a later close, transfer or reversal. [text; '
'attribute]';
comment on column bi.distribution_line.line_number is
'Number of the row within its event. [number; attribute]';
comment on column bi.distribution_line.fund_id is
'Key of the fund; joins bi.fund. [key; attribute]';
comment on column bi.distribution_line.fund is 'Name of the fund. [text; attribute]';
comment on column bi.distribution_line.investor_id is
'Key of the partner; joins bi.investor. [key; attribute]';
comment on column bi.distribution_line.investor_code is
'Short name of the partner, such as LP-03. [text; attribute]';
comment on column bi.distribution_line.investor is 'Name of the partner. [text; attribute]';
comment on column bi.distribution_line.distribution_id is
'Id of the distribution that the row is a part of. [text; attribute]';
comment on column bi.distribution_line.distribution_number is
'Number of the distribution within its fund. [number; attribute]';
comment on column bi.distribution_line.declared_date is
'Day on which it was declared. [date; attribute]';
comment on column bi.distribution_line.paid_date is 'Day on which it is paid. [date; attribute]';
comment on column bi.distribution_line.recallable_until_date is
'Last day on which the recallable part can be called again; null: without end, or nothing is. '
'[date; attribute]';
comment on column bi.distribution_line.line_date is
'Day on which the row counts in the books; joins bi.calendar. [date; attribute]';
comment on column bi.distribution_line.calendar_year is 'Year of line_date. [number; attribute]';
comment on column bi.distribution_line.calendar_quarter is
'Quarter 1 to 4 of line_date. [number; attribute]';
comment on column bi.distribution_line.quarter_label is
'Quarter of line_date for people, such as Q4 2025. [text; attribute]';
comment on column bi.distribution_line.quarter_sort is
'Quarter of line_date for sorting, such as 20254. [number; attribute]';
comment on column bi.distribution_line.reason is
'What the row is: pro_rata, given, rebalancing, transfer or reversal. [text; attribute]';
comment on column bi.distribution_line.currency is
'ISO 4217 code of every amount of the row: filter on one before summing. [text; attribute]';
comment on column bi.distribution_line.distributed_amount is
'Distributed to the partner, in currency; negative what it gave back. [money; additive]';
comment on column bi.distribution_line.recallable_amount is
'Part of it that can be called again, in currency. [money; additive]';
grant select on bi.distribution_line to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
