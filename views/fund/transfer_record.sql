-- An interest that changed hands, as the API answers it.
create or replace view fund.transfer_record
with (security_invoker = true)
as
select
    t.fund_id,
    t.event_id as transfer_id,
    t.transferred_on,
    t.seller_id,
    s.investor_code as seller_code,
    s.name as seller,
    t.buyer_id,
    b.investor_code as buyer_code,
    b.name as buyer,
    t.fraction,
    f.currency,
    t.commitment_amount::numeric(20, 2) as commitment_amount,
    t.memo,
    fund.is_reversed(t.fund_id, t.event_id) as is_reversed
from fund.transfer as t
inner join fund.fund as f on t.fund_id = f.fund_id
inner join fund.investor as s on t.seller_id = s.investor_id
inner join fund.investor as b on t.buyer_id = b.investor_id;

comment on view fund.transfer_record is
'One row per transfer, in the keys of GET /v1/funds/{fund_id}/transfers: fraction of the seller''s '
'interest, and the commitment that went with it in units of currency.';
grant select on fund.transfer_record to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
