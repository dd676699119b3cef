-- What is derived from inputs: one row per company, quarter and currency. Only the derivation
-- writes here, and every value is a function of other rows, so stamps are those of the input.

create table company.quarterly_reporting_financials (
    company_id text not null references company.company (company_id),
    currency text not null,
    is_reporting_currency boolean not null,
    exchange_rate_used numeric not null,
    closing_rate_used numeric not null,
    total_revenue numeric,
    recurring_revenue numeric,
    gross_profit numeric,
    debt_outstanding numeric,
    sales_marketing_expense numeric,
    total_operating_expense numeric,
    ebitda numeric,
    net_income numeric,
    cash_burn numeric,
    cash_balance numeric,
    employees integer,
    customers integer,
    fiscal_reporting_date date not null,
    fiscal_reporting_quarter integer,
    reporting_year integer not null,
    reporting_quarter integer not null,
    created_date timestamptz not null,
    created_by uuid not null,
    last_update_date timestamptz,
    last_updated_by uuid,
    primary key (company_id, reporting_year, reporting_quarter, currency)
);
create index quarterly_reporting_financials_currency_idx
on company.quarterly_reporting_financials (currency, reporting_year, reporting_quarter);
comment on table company.quarterly_reporting_financials is
'One row per company, quarter and currency (the local one, USD, CAD): the inputs translated, '
'cash_burn outflow negative.';

create table company.quarterly_reporting_metrics (
    company_id text not null references company.company (company_id),
    currency text not null,
    enterprise_value numeric,
    enterprise_value_net numeric,
    arr numeric,
    recurring_percentage_revenue numeric,
    revenue_per_fte numeric,
    gross_profit_per_fte numeric,
    employee_growth_rate numeric,
    change_in_cash numeric,
    change_in_cash_flow numeric,
    change_in_cash_fx_effect numeric,
    revenue_growth numeric,
    revenue_growth_constant_currency numeric,
    monthly_cash_burn numeric,
    runway_months numeric,
    ev_by_equity_raised_plus_debt numeric,
    sales_marketing_percentage_revenue numeric,
    total_operating_percentage_revenue numeric,
    gross_profit_margin numeric,
    valuation_to_revenue numeric,
    valuation_to_ltm_revenue numeric,
    yoy_growth_revenue numeric,
    yoy_growth_revenue_constant_currency numeric,
    yoy_growth_profit numeric,
    yoy_growth_employees numeric,
    yoy_growth_ltm_revenue numeric,
    ltm_total_revenue numeric,
    ltm_gross_profit numeric,
    ltm_sales_marketing_expense numeric,
    ltm_gross_margin numeric,
    ltm_operating_expense numeric,
    ltm_ebitda numeric,
    ltm_net_income numeric,
    ltm_ebitda_margin numeric,
    ltm_net_income_margin numeric,
    assumed_zero_debt boolean not null,
    fiscal_reporting_date date not null,
    fiscal_reporting_quarter integer,
    reporting_year integer not null,
    reporting_quarter integer not null,
    created_date timestamptz not null,
    created_by uuid not null,
    last_update_date timestamptz,
    last_updated_by uuid,
    primary key (company_id, reporting_year, reporting_quarter, currency)
);
create index quarterly_reporting_metrics_currency_idx
on company.quarterly_reporting_metrics (currency, reporting_year, reporting_quarter);
comment on table company.quarterly_reporting_metrics is
'One row per company, quarter and currency of the financials: every derived metric; null has a '
'reason.';

create table company.metric_definition (
    metric text primary key,
    label text not null,
    unit text not null,
    kind text not null,
    additivity text not null,
    formula text not null,
    operands text[] not null,
    look_back text not null,
    null_rule text not null,
    currency_note text not null,
    source text,
    sort_order integer not null,
    constraint metric_definition_unit_known check (
        unit in ('money', 'ratio', 'multiple', 'months', 'count', 'flag')
    ),
    constraint metric_definition_kind_known check (
        kind in ('flow', 'balance', 'ratio', 'multiple', 'months', 'count', 'flag')
    ),
    constraint metric_definition_additivity_known check (
        additivity in ('additive', 'semi-additive', 'non-additive')
    )
);
comment on table company.metric_definition is
'One row per derived metric: what it means, how it is computed and when it is null.';

alter table company.quarterly_reporting_financials enable row level security;
alter table company.quarterly_reporting_metrics enable row level security;
alter table company.metric_definition enable row level security;
