-- Totals of the portfolio, kept: adding up every company's quarters takes seconds, reading the sums
-- must not. What changed is noted in rows that are only ever added, so that two submissions never
-- wait for each other's note; a refresh takes the notes and computes those quarters again.

create table fund.portfolio_quarter_total (
    fund_id uuid,
    reporting_year integer not null,
    reporting_quarter integer not null,
    currency text not null,
    archived_company_count bigint not null,
    reported_company_count bigint not null,
    no_fx_rate_company_count bigint not null,
    total_revenue numeric,
    recurring_revenue numeric,
    gross_profit numeric,
    sales_marketing_expense numeric,
    total_operating_expense numeric,
    ebitda numeric,
    net_income numeric,
    cash_burn numeric,
    cash_balance numeric,
    debt_outstanding numeric,
    total_employees bigint,
    total_customers bigint,
    arr numeric,
    monthly_cash_burn numeric,
    change_in_cash numeric,
    enterprise_value numeric,
    ltm_total_revenue numeric,
    ltm_ebitda numeric,
    total_revenue_company_count bigint not null,
    recurring_revenue_company_count bigint not null,
    ebitda_company_count bigint not null,
    cash_balance_company_count bigint not null,
    debt_outstanding_company_count bigint not null,
    employees_company_count bigint not null,
    customers_company_count bigint not null,
    enterprise_value_company_count bigint not null,
    ltm_total_revenue_company_count bigint not null,
    revenue_with_prior_quarter numeric,
    revenue_of_prior_quarter numeric,
    revenue_with_year_ago numeric,
    revenue_of_year_ago numeric,
    constraint portfolio_quarter_total_is_one unique nulls not distinct (
        fund_id, reporting_year, reporting_quarter, currency
    )
);
comment on table fund.portfolio_quarter_total is
'One row per fund, reported quarter and presentation currency: fund.derived_portfolio_quarter as '
'of the last refresh. Null fund_id: companies of no fund. Granted to nobody: '
'fund.portfolio_quarter shows it.';

create table fund.portfolio_change (
    fund_id uuid,
    first_ordinal integer not null,
    last_ordinal integer not null,
    changed_at timestamptz not null default clock_timestamp()
);
comment on table fund.portfolio_change is
'One row per change that totals do not show yet: quarters first_ordinal to last_ordinal (year * 4 '
'+ quarter - 1) of a fund, or of the companies of no fund. Only added to; a refresh empties it.';

create table fund.portfolio_refresh (
    is_only boolean primary key default true,
    refreshed_at timestamptz,
    derivation_sha256 text,
    constraint portfolio_refresh_is_one_row check (is_only)
);
comment on table fund.portfolio_refresh is
'One row: when a refresh last changed the totals, and by which text of '
'fund.derived_portfolio_quarter. Whoever refreshes holds its lock.';
insert into fund.portfolio_refresh (is_only) values (true);

alter table fund.portfolio_quarter_total enable row level security;
alter table fund.portfolio_change enable row level security;
alter table fund.portfolio_refresh enable row level security;
