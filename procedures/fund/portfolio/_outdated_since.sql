-- Since when the formula of the totals is another one than they were computed by: a deployment
-- changed it, and no refresh has come by yet to note what that means.
create or replace function fund._outdated_since()
returns timestamptz
language sql
stable
security invoker
set search_path = ''
as $$
    select d.applied_at
    from fund.portfolio_refresh as r
    inner join ops.deployed_object as d on r.derivation_sha256 is distinct from d.sha256
    where
        d.path = 'views/fund/derived_portfolio_quarter.sql'
        and d.identity = 'view fund.derived_portfolio_quarter'
        -- Without quarters there is nothing to compute by either.
        and exists (select from company.metrics_input)
$$;

comment on function fund._outdated_since() is
'When fund.derived_portfolio_quarter was deployed with another text than the totals were computed '
'by; null: they were computed by it.';
