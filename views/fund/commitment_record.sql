-- A partner of a fund and what it has committed, as the API answers it.
create or replace view fund.commitment_record
with (security_invoker = true)
as
select
    c.fund_id,
    c.investor_id,
    i.investor_code,
    i.name as investor,
    c.investor_class,
    f.currency,
    coalesce(l.amount, 0)::numeric(20, 2) as commitment_amount,
    l.first_committed_on,
    l.last_changed_on
from fund.commitment as c
inner join fund.fund as f on c.fund_id = f.fund_id
inner join fund.investor as i on c.investor_id = i.investor_id
left join lateral (
    select
        sum(x.amount) as amount,
        min(x.event_on) as first_committed_on,
        max(x.event_on) as last_changed_on
    from fund.commitment_line as x
    where x.fund_id = c.fund_id and x.investor_id = c.investor_id
) as l on true;

comment on view fund.commitment_record is
'One row per fund and partner that the reader sees, in the keys of GET '
'/v1/funds/{fund_id}/commitments; commitment_amount in units of currency, as it stands now.';
grant select on fund.commitment_record to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped, qb_investor;
