-- A net asset value as the API answers it: of all partners for the firm, his own for an investor.
-- Its result is that since the one before, with what closes shared anew meanwhile: what the one
-- before came to, what was paid in and out, and the result are the net asset value.
create or replace view fund.nav_record
with (security_invoker = true)
as
select
    n.fund_id,
    n.nav_id,
    n.as_of,
    f.currency,
    l.nav_amount,
    case when n.status in ('current', 'stale') then r.amount else l.result_amount end
        as result_amount,
    n.status = 'reversed' as is_reversed,
    n.status
from (
    select
        s.fund_id,
        s.nav_id,
        s.as_of,
        s.status,
        max(s.as_of) filter (where s.status <> 'reversed') over (
            partition by s.fund_id
            order by s.as_of - date '2000-01-01' range between unbounded preceding and 1 preceding
        ) as previous_on
    from (
        select
            x.fund_id,
            x.event_id as nav_id,
            x.as_of,
            fund.nav_status(x.fund_id, x.event_id) as status
        from fund.nav as x
    ) as s
) as n
inner join fund.fund as f on n.fund_id = f.fund_id
left join lateral (
    select
        coalesce(sum(x.nav_amount), 0)::numeric(20, 2) as nav_amount,
        coalesce(sum(x.result_amount), 0)::numeric(20, 2) as result_amount
    from fund.nav_line as x
    where x.fund_id = n.fund_id and x.nav_id = n.nav_id
) as l on true
left join lateral (
    select coalesce(sum(x.result_amount), 0)::numeric(20, 2) as amount
    from fund.nav_line as x
    where
        x.fund_id = n.fund_id
        and x.event_on > coalesce(n.previous_on, '-infinity')
        and x.event_on <= n.as_of
) as r on true;

comment on view fund.nav_record is
'One row per net asset value at the end of a quarter, in the keys of GET /v1/funds/{fund_id}/nav: '
'nav_amount the capital accounts of the partners that the reader sees, as they were struck; '
'result_amount what was allocated to them since the net asset value before, in units of currency; '
'status as of fund.nav_status: a stale one no longer is what the books say of its day.';
grant select on fund.nav_record to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped, qb_investor;
