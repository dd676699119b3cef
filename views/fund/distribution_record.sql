-- A distribution as the API answers it. Its amounts are those of the partners whom the reader sees.
create or replace view fund.distribution_record
with (security_invoker = true)
as
select
    d.fund_id,
    d.event_id as distribution_id,
    d.distribution_number,
    d.declared_on,
    d.paid_on,
    d.recallable_until,
    d.purpose,
    f.currency,
    l.amount::numeric(20, 2) as amount,
    l.recallable_amount::numeric(20, 2) as recallable_amount,
    fund.is_reversed(d.fund_id, d.event_id) as is_reversed
from fund.distribution as d
inner join fund.fund as f on d.fund_id = f.fund_id
left join lateral (
    select
        coalesce(sum(x.amount), 0) as amount,
        coalesce(sum(x.recallable_amount), 0) as recallable_amount
    from fund.distribution_line as x
    where x.fund_id = d.fund_id and x.distribution_id = d.event_id
) as l on true;

comment on view fund.distribution_record is
'One row per distribution, in the keys of GET /v1/funds/{fund_id}/distributions; amounts in units '
'of currency as they stand now, of the partners that the reader sees.';
grant select on fund.distribution_record to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped, qb_investor;
