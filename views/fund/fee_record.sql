-- An accrual of the management fee, as the API answers it. Its amounts are those of the partners
-- whom the reader sees.
create or replace view fund.fee_record
with (security_invoker = true)
as
select
    r.fund_id,
    r.event_id as fee_id,
    r.run_kind,
    r.from_on,
    r.to_on,
    f.currency,
    l.gross_amount::numeric(20, 2) as gross_amount,
    l.waived_amount::numeric(20, 2) as waived_amount,
    l.rebated_amount::numeric(20, 2) as rebated_amount,
    l.offset_amount::numeric(20, 2) as offset_amount,
    l.net_amount::numeric(20, 2) as net_amount,
    fund.is_reversed(r.fund_id, r.event_id) as is_reversed
from fund.fee_run as r
inner join fund.fund as f on r.fund_id = f.fund_id
left join lateral (
    select
        coalesce(sum(x.gross_amount), 0) as gross_amount,
        coalesce(sum(x.waived_amount), 0) as waived_amount,
        coalesce(sum(x.rebated_amount), 0) as rebated_amount,
        coalesce(sum(x.offset_amount), 0) as offset_amount,
        coalesce(sum(x.net_amount), 0) as net_amount
    from fund.fee_line as x
    where x.fund_id = r.fund_id and x.fee_id = r.event_id
) as l on true;

comment on view fund.fee_record is
'One row per accrual of the management fee, in the keys of GET /v1/funds/{fund_id}/fees: from_on '
'to the day before to_on; gross less waivers, rebates and offsets is net, in units of currency as '
'it stands now, of the partners that the reader sees.';
grant select on fund.fee_record to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped, qb_investor;
