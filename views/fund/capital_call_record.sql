-- A capital call as the API answers it. Its amounts are those of the partners whom the reader sees:
-- the firm's are of all, an investor's his own.
create or replace view fund.capital_call_record
with (security_invoker = true)
as
select
    c.fund_id,
    c.event_id as call_id,
    c.call_number,
    c.notice_on,
    c.due_on,
    c.purpose,
    f.currency,
    l.capital_amount::numeric(20, 2) as capital_amount,
    l.fee_amount::numeric(20, 2) as fee_amount,
    (l.capital_amount + l.fee_amount)::numeric(20, 2) as called_amount,
    p.paid_amount::numeric(20, 2) as paid_amount,
    (l.capital_amount + l.fee_amount - p.paid_amount)::numeric(20, 2) as open_amount,
    fund.is_reversed(c.fund_id, c.event_id) as is_reversed
from fund.capital_call as c
inner join fund.fund as f on c.fund_id = f.fund_id
left join lateral (
    select
        coalesce(sum(x.capital_amount), 0) as capital_amount,
        coalesce(sum(x.fee_amount), 0) as fee_amount
    from fund.capital_call_line as x
    where x.fund_id = c.fund_id and x.call_id = c.event_id
) as l on true
left join lateral (
    select coalesce(sum(x.amount), 0) as paid_amount
    from fund.payment_line as x
    where x.fund_id = c.fund_id and x.call_id = c.event_id
) as p on true;

comment on view fund.capital_call_record is
'One row per capital call, in the keys of GET /v1/funds/{fund_id}/capital-calls; amounts in units '
'of currency as they stand now, after closes, transfers, defaults and reversals, of the partners '
'that the reader sees.';
grant select on fund.capital_call_record to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped, qb_investor;
