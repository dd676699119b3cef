-- A deployment that changed what totals are computed by makes every kept total an old one.
create or replace function fund._mark_after_deployment()
returns void
language sql
volatile
security invoker
set search_path = ''
as $$
    with
    changed as (
        update fund.portfolio_refresh as r
        set derivation_sha256 = d.sha256
        from ops.deployed_object as d
        where
            d.path = 'views/fund/derived_portfolio_quarter.sql'
            and d.identity = 'view fund.derived_portfolio_quarter'
            and r.derivation_sha256 is distinct from d.sha256
        returning d.sha256
    )

    insert into fund.portfolio_change (
        fund_id,
        first_ordinal,
        last_ordinal
    )
    select
        f.fund_id,
        0,
        100000
    from changed as c
    cross join (
        select x.fund_id from fund.fund as x
        union all
        select null
    ) as f
$$;

comment on function fund._mark_after_deployment() is
'Notes every quarter of every fund as changed when fund.derived_portfolio_quarter was deployed '
'with another text than the totals were computed by.';
