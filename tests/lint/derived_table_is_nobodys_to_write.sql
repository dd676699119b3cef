-- What the platform derives or records by itself is written by its functions alone: whoever could
-- write here by hand could make numbers up.
select
    c.oid::regclass::text as offender,
    coalesce(r.rolname, 'public') || ': ' || x.privilege_type as finding
from pg_class as c
inner join pg_namespace as n on c.relnamespace = n.oid
inner join pg_attribute as a on c.oid = a.attrelid
cross join lateral aclexplode(a.attacl || c.relacl) as x
left join pg_roles as r on x.grantee = r.oid
where
    n.nspowner = 'qb_owner'::regrole
    and n.nspname || '.' || c.relname in (
        'company.quarterly_reporting_financials',
        'company.quarterly_reporting_metrics',
        'company.metric_definition',
        'fund.portfolio_quarter_total',
        'fund.portfolio_change',
        'fund.portfolio_refresh',
        'fund.event',
        'fund.commitment',
        'fund.commitment_line',
        'fund.close',
        'fund.transfer',
        'fund.capital_call',
        'fund.capital_call_line',
        'fund.payment',
        'fund.payment_line',
        'fund.late_interest',
        'fund.partner_default',
        'fund.true_up_interest',
        'fund.fee_adjustment',
        'fund.fee_run',
        'fund.fee_line',
        'fund.fee_segment',
        'fund.fee_payment',
        'fund.distribution',
        'fund.distribution_line',
        'fund.nav',
        'fund.nav_line',
        'ledger.entry_kind',
        'ledger.period_balance',
        'ledger.template_account',
        'fx.quarter_rate',
        'fx.rate',
        'fx.quarantine',
        'fx.source_state',
        'ops.deployed_object',
        'ops._yoyo_migration',
        'ops._yoyo_log'
    )
    and x.grantee <> c.relowner
    and x.privilege_type in ('INSERT', 'UPDATE', 'DELETE', 'TRUNCATE')
group by 1, 2
