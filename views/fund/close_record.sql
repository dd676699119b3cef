-- A close, as the API answers it.
create or replace view fund.close_record
with (security_invoker = true)
as
select
    c.fund_id,
    c.event_id as close_id,
    c.close_number,
    c.closed_on,
    f.currency,
    l.partner_count,
    l.committed_amount::numeric(20, 2) as committed_amount,
    t.interest_amount::numeric(20, 2) as true_up_interest_amount,
    c.memo,
    fund.is_reversed(c.fund_id, c.event_id) as is_reversed
from fund.close as c
inner join fund.fund as f on c.fund_id = f.fund_id
left join lateral (
    select
        count(*) as partner_count,
        coalesce(sum(x.amount), 0) as committed_amount
    from fund.commitment_line as x
    where x.fund_id = c.fund_id and x.event_on = c.closed_on and x.event_id = c.event_id
) as l on true
left join lateral (
    select coalesce(sum(x.amount) filter (where x.amount > 0), 0) as interest_amount
    from fund.true_up_interest as x
    where x.fund_id = c.fund_id and x.event_on = c.closed_on and x.event_id = c.event_id
) as t on true;

comment on view fund.close_record is
'One row per close, in the keys of GET /v1/funds/{fund_id}/closes: partners that committed with '
'it, what they committed, and the interest that they paid for earlier calls, in units of currency.';
grant select on fund.close_record to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
