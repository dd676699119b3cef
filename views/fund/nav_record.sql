-- A net asset value as the API answers it: of all partners for the firm, his own for an investor.
create or replace view fund.nav_record
with (security_invoker = true)
as
select
    n.fund_id,
    n.event_id as nav_id,
    n.as_of,
    f.currency,
    l.nav_amount::numeric(20, 2) as nav_amount,
    l.result_amount::numeric(20, 2) as result_amount,
    fund.is_reversed(n.fund_id, n.event_id) as is_reversed
from fund.nav as n
inner join fund.fund as f on n.fund_id = f.fund_id
left join lateral (
    select
        coalesce(sum(x.nav_amount), 0) as nav_amount,
        coalesce(sum(x.result_amount), 0) as result_amount
    from fund.nav_line as x
    where x.fund_id = n.fund_id and x.nav_id = n.event_id
) as l on true;

comment on view fund.nav_record is
'One row per net asset value at the end of a quarter, in the keys of GET /v1/funds/{fund_id}/nav: '
'nav_amount the capital accounts of the partners that the reader sees, result_amount what they '
'were allocated with it, in units of currency.';
grant select on fund.nav_record to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped, qb_investor;
