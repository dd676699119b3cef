-- Every leg of a partner's part of a capital call, for BI tools: what the call asked, and what
-- closes, transfers, defaults and reversals changed.
create or replace view bi.capital_call_line
with (security_invoker = true)
as
select
    format('%s:%s', l.event_id, l.line_number) as capital_call_line_key,
    l.event_id::text as event_id,
    l.line_number,
    f.fund_id::text as fund_id,
    f.name as fund,
    i.investor_id::text as investor_id,
    i.investor_code,
    i.name as investor,
    l.call_id::text as call_id,
    c.call_number,
    c.notice_on as notice_date,
    c.due_on as due_date,
    l.event_on as line_date,
    extract(year from l.event_on)::integer as calendar_year,
    extract(quarter from l.event_on)::integer as calendar_quarter,
    to_char(l.event_on, '"Q"Q YYYY') as quarter_label,
    to_char(l.event_on, 'YYYYQ')::integer as quarter_sort,
    l.reason,
    l.is_excused,
    f.currency,
    l.capital_amount::numeric(20, 2) as capital_amount,
    l.fee_amount::numeric(20, 2) as fee_amount,
    (l.capital_amount + l.fee_amount)::numeric(20, 2) as called_amount
from fund.capital_call_line as l
inner join fund.capital_call as c on l.fund_id = c.fund_id and l.call_id = c.event_id
inner join fund.fund as f on l.fund_id = f.fund_id
inner join fund.investor as i on l.investor_id = i.investor_id;

comment on view bi.capital_call_line is
'One row per event and leg of a partner''s part of a capital call: event_id, line_number. The '
'rows of a call and partner add up to what stands. Only funds of which the reader sees every '
'company.';
comment on column bi.capital_call_line.capital_call_line_key is 'Key of the row. [key; attribute]';
comment on column bi.capital_call_line.event_id is
'Id of what wrote the row: the call, or a later close, transfer, default or reversal. [text; '
'attribute]';
comment on column bi.capital_call_line.line_number is
'Number of the row within its event. [number; attribute]';
comment on column bi.capital_call_line.fund_id is
'Key of the fund; joins bi.fund. [key; attribute]';
comment on column bi.capital_call_line.fund is 'Name of the fund. [text; attribute]';
comment on column bi.capital_call_line.investor_id is
'Key of the partner; joins bi.investor. [key; attribute]';
comment on column bi.capital_call_line.investor_code is
'Short name of the partner, such as LP-03. [text; attribute]';
comment on column bi.capital_call_line.investor is 'Name of the partner. [text; attribute]';
comment on column bi.capital_call_line.call_id is
'Id of the call that the row is a part of. [text; attribute]';
comment on column bi.capital_call_line.call_number is
'Number of the call within its fund. [number; attribute]';
comment on column bi.capital_call_line.notice_date is
'Day of the call''s notice. [date; attribute]';
comment on column bi.capital_call_line.due_date is
'Day on which the call is due. [date; attribute]';
comment on column bi.capital_call_line.line_date is
'Day on which the row counts in the books; joins bi.calendar. [date; attribute]';
comment on column bi.capital_call_line.calendar_year is 'Year of line_date. [number; attribute]';
comment on column bi.capital_call_line.calendar_quarter is
'Quarter 1 to 4 of line_date. [number; attribute]';
comment on column bi.capital_call_line.quarter_label is
'Quarter of line_date for people, such as Q4 2025. [text; attribute]';
comment on column bi.capital_call_line.quarter_sort is
'Quarter of line_date for sorting, such as 20254. [number; attribute]';
comment on column bi.capital_call_line.reason is
'What the row is: call, catch_up, rebalancing, transfer, default or reversal. [text; attribute]';
comment on column bi.capital_call_line.is_excused is
'True when the partner was excused from the call. [flag; attribute]';
comment on column bi.capital_call_line.currency is
'ISO 4217 code of every amount of the row: filter on one before summing. [text; attribute]';
comment on column bi.capital_call_line.capital_amount is
'Called for investments and expenses, in currency; negative what is given back or no longer '
'expected. [money; additive]';
comment on column bi.capital_call_line.fee_amount is
'Called for the management fee, in currency; negative what is given back. [money; additive]';
comment on column bi.capital_call_line.called_amount is
'Called of the partner, in currency. [money; additive]';
grant select on bi.capital_call_line to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
