-- What moved between funds and their partners, for BI tools: the flows that net returns are made
-- of. The partner's side: what it paid is negative.
create or replace view bi.cash_flow
with (security_invoker = true)
as
select
    format('%s:%s:%s', c.event_id, c.kind, c.line_number) as cash_flow_key,
    c.event_id::text as event_id,
    c.kind as cash_flow_kind,
    c.line_number,
    f.fund_id::text as fund_id,
    f.name as fund,
    i.investor_id::text as investor_id,
    i.investor_code,
    i.name as investor,
    c.flow_on as flow_date,
    extract(year from c.flow_on)::integer as calendar_year,
    extract(quarter from c.flow_on)::integer as calendar_quarter,
    to_char(c.flow_on, '"Q"Q YYYY') as quarter_label,
    to_char(c.flow_on, 'YYYYQ')::integer as quarter_sort,
    f.currency,
    c.amount::numeric(20, 2) as cash_flow_amount,
    c.paid_in_amount::numeric(20, 2) as paid_in_amount,
    c.distributed_amount::numeric(20, 2) as distributed_amount,
    c.call_id::text as call_id,
    c.distribution_id::text as distribution_id
from fund.cash_flow as c
inner join fund.fund as f on c.fund_id = f.fund_id
inner join fund.investor as i on c.investor_id = i.investor_id;

comment on view bi.cash_flow is
'One row per event, kind and line of money that moved between a fund and a partner: event_id, '
'cash_flow_kind, line_number. What takes a row back has the other sign and the same day. Only '
'funds of which the reader sees every company.';
comment on column bi.cash_flow.cash_flow_key is 'Key of the row. [key; attribute]';
comment on column bi.cash_flow.event_id is 'Id of what wrote the row. [text; attribute]';
comment on column bi.cash_flow.cash_flow_kind is
'What the row is: contribution, rebalancing, transfer, distribution, distribution_rebalancing, '
'distribution_transfer, advance, late_interest or true_up_interest. [text; attribute]';
comment on column bi.cash_flow.line_number is
'Number of the row within its event. [number; attribute]';
comment on column bi.cash_flow.fund_id is 'Key of the fund; joins bi.fund. [key; attribute]';
comment on column bi.cash_flow.fund is 'Name of the fund. [text; attribute]';
comment on column bi.cash_flow.investor_id is
'Key of the partner; joins bi.investor. [key; attribute]';
comment on column bi.cash_flow.investor_code is
'Short name of the partner, such as LP-03. [text; attribute]';
comment on column bi.cash_flow.investor is 'Name of the partner. [text; attribute]';
comment on column bi.cash_flow.flow_date is
'Day that the money counts from; joins bi.calendar. [date; attribute]';
comment on column bi.cash_flow.calendar_year is 'Year of flow_date. [number; attribute]';
comment on column bi.cash_flow.calendar_quarter is
'Quarter 1 to 4 of flow_date. [number; attribute]';
comment on column bi.cash_flow.quarter_label is
'Quarter of flow_date for people, such as Q4 2025. [text; attribute]';
comment on column bi.cash_flow.quarter_sort is
'Quarter of flow_date for sorting, such as 20254. [number; attribute]';
comment on column bi.cash_flow.currency is
'ISO 4217 code of every amount of the row: filter on one before summing. [text; attribute]';
comment on column bi.cash_flow.cash_flow_amount is
'Money of the partner, in currency: negative when it paid, positive when it got. [money; '
'additive]';
comment on column bi.cash_flow.paid_in_amount is
'What of it is paid-in capital, in currency: payments of calls, less what was paid back; not '
'advances, interest. [money; additive]';
comment on column bi.cash_flow.distributed_amount is
'What of it is distributed, in currency. [money; additive]';
comment on column bi.cash_flow.call_id is
'Id of the call that it was for; null for what is none. [text; attribute]';
comment on column bi.cash_flow.distribution_id is
'Id of the distribution that it was of; null for what is none. [text; attribute]';
grant select on bi.cash_flow to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
