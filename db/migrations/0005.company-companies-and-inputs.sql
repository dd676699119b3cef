-- Companies, the quarters they report, their valuation rounds, and what is derived from them.
-- company_id is the first column of every key of a per-company table and never changes, so that the
-- room can be distributed by it later (ARCHITECTURE: growing past one machine).

create schema company;
comment on schema company is 'Portfolio companies, their reported quarters and derived metrics.';

create table company.country (
    country text primary key,
    alpha3 text not null,
    numeric_code text not null,
    name text not null,
    official_name text,
    common_name text,
    constraint country_is_iso_code check (country ~ '^[A-Z]{2}$')
);
comment on table company.country is 'One row per country of ISO 3166-1, by its alpha-2 code.';

create table company.customer_type (
    customer_type text primary key,
    description text,
    constraint customer_type_not_blank check (
        customer_type = btrim(customer_type) and customer_type <> ''
    )
);
comment on table company.customer_type is
'One row per kind of customer a company sells to; users add rows by naming a new one.';
comment on constraint customer_type_not_blank on company.customer_type is
'The customer type is blank or has spaces around it. Hint: Send the name, or null for none.';

create table company.revenue_type (
    revenue_type text primary key,
    description text,
    constraint revenue_type_not_blank check (
        revenue_type = btrim(revenue_type) and revenue_type <> ''
    )
);
comment on table company.revenue_type is
'One row per kind of revenue a company lives on; users add rows by naming a new one.';
comment on constraint revenue_type_not_blank on company.revenue_type is
'The revenue type is blank or has spaces around it. Hint: Send the name, or null for none.';

create table company.company (
    company_id text primary key,
    name text not null,
    reporting_status text,
    reporting_currency text not null references fx.currency (currency),
    fund_id uuid references fund.fund (fund_id),
    location_country text references company.country (country),
    customer_type text references company.customer_type (customer_type),
    revenue_type text references company.revenue_type (revenue_type),
    equity_raised numeric,
    post_money_valuation numeric,
    amount_unit text not null default 'millions',
    equity_raised_amount numeric generated always as (
        equity_raised * case amount_unit when 'millions' then 1000000 else 1 end
    ) stored,
    post_money_valuation_amount numeric generated always as (
        post_money_valuation * case amount_unit when 'millions' then 1000000 else 1 end
    ) stored,
    valuation_currency text references fx.currency (currency),
    year_end_date date,
    burn_sign text not null default 'outflow_negative',
    is_archived boolean not null default false,
    created_date timestamptz not null default now(),
    created_by uuid not null default '00000000-0000-0000-0000-000000000000',
    last_update_date timestamptz,
    last_updated_by uuid,
    row_version bigint not null default 1,
    constraint company_id_is_a_plain_key check (
        company_id ~ '^[^[:space:][:cntrl:]/]{1,128}$'
    ),
    constraint company_name_not_blank check (name = btrim(name) and name <> ''),
    constraint company_equity_raised_in_range check (
        equity_raised is null
        or equity_raised_amount = 0
        or (equity_raised_amount >= 0.01 and equity_raised_amount < 1e15)
    ),
    constraint company_post_money_valuation_in_range check (
        post_money_valuation is null
        or post_money_valuation_amount = 0
        or (post_money_valuation_amount >= 0.01 and post_money_valuation_amount < 1e15)
    ),
    constraint company_amount_unit_known check (amount_unit in ('millions', 'units')),
    constraint company_burn_sign_known check (
        burn_sign in ('outflow_negative', 'positive_is_burn')
    ),
    constraint company_valuation_has_currency check (
        valuation_currency is not null
        or (equity_raised is null and post_money_valuation is null)
    )
);
create index company_fund_id_idx on company.company (fund_id);
comment on table company.company is 'One row per portfolio company.';
comment on column company.company.equity_raised is
'Equity raised to date, in amount_unit of valuation_currency, as submitted.';
comment on column company.company.post_money_valuation is
'Post-money valuation, in amount_unit of valuation_currency, as submitted.';
comment on column company.company.equity_raised_amount is
'equity_raised in units: what every calculation uses.';
comment on column company.company.post_money_valuation_amount is
'post_money_valuation in units: what every calculation uses.';
comment on column company.company.valuation_currency is
'Currency of the two valuation amounts: the reporting currency when they were last set.';
comment on column company.company.burn_sign is
'How the company signs cash_burn: outflow_negative, or positive_is_burn. Derived numbers are '
'outflow negative.';
comment on constraint company_id_is_a_plain_key on company.company is
'company_id is 1 to 128 characters without spaces or slashes. Hint: Leave it out to have one '
'made.';
comment on constraint company_name_not_blank on company.company is
'The company name is blank or has spaces around it. Hint: Send the name as it should be shown.';
comment on constraint company_equity_raised_in_range on company.company is
'equity_raised must be 0 or from 0.01 to below 1e15 currency units. Hint: It is '
'counted in amount_unit, millions by default.';
comment on constraint company_post_money_valuation_in_range on company.company is
'post_money_valuation must be 0 or from 0.01 to below 1e15 currency units. Hint: It is '
'counted in amount_unit, millions by default.';
comment on constraint company_amount_unit_known on company.company is
'amount_unit is not known. Hint: Use millions or units.';
comment on constraint company_burn_sign_known on company.company is
'burn_sign is not known. Hint: Use outflow_negative or positive_is_burn.';
comment on constraint company_valuation_has_currency on company.company is
'A valuation needs its currency. Hint: Send valuation_currency with the amounts.';
comment on constraint company_reporting_currency_fkey on company.company is
'The currency is not in ISO 4217. Hint: Use a three-letter code such as USD, EUR or CAD.';
comment on constraint company_valuation_currency_fkey on company.company is
'The currency is not in ISO 4217. Hint: Use a three-letter code such as USD, EUR or CAD.';
comment on constraint company_fund_id_fkey on company.company is
'The fund is not known, or still has companies. Hint: Create the fund first.';
comment on constraint company_location_country_fkey on company.company is
'The country is not in ISO 3166-1. Hint: Use a two-letter code such as US.';
comment on constraint company_customer_type_fkey on company.company is
'The customer type is not known, or still in use. Hint: Add it to company.customer_type first.';
comment on constraint company_revenue_type_fkey on company.company is
'The revenue type is not known, or still in use. Hint: Add it to company.revenue_type first.';

create table company.metrics_input (
    company_id text not null references company.company (company_id),
    id uuid not null default gen_random_uuid(),
    currency text not null references fx.currency (currency),
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
    employees integer,
    customers integer,
    fiscal_reporting_date date not null,
    fiscal_reporting_quarter integer,
    reporting_year integer not null,
    reporting_quarter integer not null,
    quarter_ordinal integer not null generated always as (
        reporting_year * 4 + reporting_quarter - 1
    ) stored,
    created_date timestamptz not null default now(),
    created_by uuid not null default '00000000-0000-0000-0000-000000000000',
    last_update_date timestamptz,
    last_updated_by uuid,
    row_version bigint not null default 1,
    primary key (company_id, id),
    constraint metrics_input_one_per_quarter unique (company_id, reporting_year, reporting_quarter),
    constraint total_revenue_in_range check (
        total_revenue = 0 or (total_revenue >= 0.01 and total_revenue < 1e15)
    ),
    constraint recurring_revenue_in_range check (
        recurring_revenue = 0 or (recurring_revenue >= 0.01 and recurring_revenue < 1e15)
    ),
    constraint gross_profit_in_range check (
        gross_profit = 0 or (abs(gross_profit) >= 0.01 and abs(gross_profit) < 1e15)
    ),
    constraint sales_marketing_expense_in_range check (
        sales_marketing_expense = 0
        or (sales_marketing_expense >= 0.01 and sales_marketing_expense < 1e15)
    ),
    constraint total_operating_expense_in_range check (
        total_operating_expense = 0
        or (abs(total_operating_expense) >= 0.01 and abs(total_operating_expense) < 1e15)
    ),
    constraint ebitda_in_range check (
        ebitda = 0 or (abs(ebitda) >= 0.01 and abs(ebitda) < 1e15)
    ),
    constraint net_income_in_range check (
        net_income = 0 or (abs(net_income) >= 0.01 and abs(net_income) < 1e15)
    ),
    constraint cash_burn_in_range check (
        cash_burn = 0 or (abs(cash_burn) >= 0.01 and abs(cash_burn) < 1e15)
    ),
    constraint cash_balance_in_range check (
        cash_balance = 0 or (cash_balance >= 0.01 and cash_balance < 1e15)
    ),
    constraint debt_outstanding_in_range check (
        debt_outstanding = 0 or (debt_outstanding >= 0.01 and debt_outstanding < 1e15)
    ),
    constraint employees_not_negative check (employees >= 0),
    constraint customers_not_negative check (customers >= 0),
    constraint fiscal_quarter_in_year check (fiscal_reporting_quarter between 1 and 4),
    constraint reporting_quarter_in_year check (reporting_quarter between 1 and 4),
    constraint fiscal_reporting_date_in_range check (
        fiscal_reporting_date between '1970-01-01' and '2199-12-31'
    )
);
create index metrics_input_company_id_fiscal_reporting_date_idx
on company.metrics_input (company_id, fiscal_reporting_date);
create index metrics_input_currency_fiscal_reporting_date_idx
on company.metrics_input (currency, fiscal_reporting_date);
create index metrics_input_id_idx on company.metrics_input (id);
comment on table company.metrics_input is
'One row per company and reporting quarter: the numbers as submitted, in units of currency.';
comment on column company.metrics_input.currency is
'Frozen with the row: a company that changes its reporting currency keeps its history.';
comment on column company.metrics_input.cash_burn is 'As submitted, in the company''s burn_sign.';
comment on column company.metrics_input.quarter_ordinal is
'reporting_year * 4 + reporting_quarter - 1: look-back is by this number, never by row '
'position.';
comment on constraint metrics_input_one_per_quarter on company.metrics_input is
'This company already has a row for the quarter. Hint: Correct the existing row with PATCH '
'/v1/input/{id}.';
comment on constraint metrics_input_currency_fkey on company.metrics_input is
'The currency is not in ISO 4217. Hint: Use a three-letter code such as USD, EUR or CAD.';
comment on constraint metrics_input_company_id_fkey on company.metrics_input is
'The company is not known, or still has reported quarters. Hint: Create the company first; '
'archive one that has quarters.';
comment on constraint total_revenue_in_range on company.metrics_input is
'total_revenue must be 0 or from 0.01 to below 1e15. '
'Hint: A missing value is null, not a negative number.';
comment on constraint recurring_revenue_in_range on company.metrics_input is
'recurring_revenue must be 0 or from 0.01 to below 1e15. '
'Hint: A missing value is null, not a negative number.';
comment on constraint gross_profit_in_range on company.metrics_input is
'gross_profit must be 0 or from 0.01 to below 1e15, or the negative of it. '
'Hint: Send plain currency units.';
comment on constraint sales_marketing_expense_in_range on company.metrics_input is
'sales_marketing_expense must be 0 or from 0.01 to below 1e15. '
'Hint: A missing value is null, not a negative number.';
comment on constraint total_operating_expense_in_range on company.metrics_input is
'total_operating_expense must be 0 or from 0.01 to below 1e15, or the negative of it. '
'Hint: Send plain currency units.';
comment on constraint ebitda_in_range on company.metrics_input is
'ebitda must be 0 or from 0.01 to below 1e15, or the negative of it. '
'Hint: Send plain currency units.';
comment on constraint net_income_in_range on company.metrics_input is
'net_income must be 0 or from 0.01 to below 1e15, or the negative of it. '
'Hint: Send plain currency units.';
comment on constraint cash_burn_in_range on company.metrics_input is
'cash_burn must be 0 or from 0.01 to below 1e15, or the negative of it. '
'Hint: Send plain currency units.';
comment on constraint cash_balance_in_range on company.metrics_input is
'cash_balance must be 0 or from 0.01 to below 1e15. '
'Hint: A missing value is null, not a negative number.';
comment on constraint debt_outstanding_in_range on company.metrics_input is
'debt_outstanding must be 0 or from 0.01 to below 1e15. '
'Hint: A missing value is null, not a negative number.';
comment on constraint employees_not_negative on company.metrics_input is
'employees must not be negative. Hint: Send null when it is not known.';
comment on constraint customers_not_negative on company.metrics_input is
'customers must not be negative. Hint: Send null when it is not known.';
comment on constraint fiscal_quarter_in_year on company.metrics_input is
'fiscal_reporting_quarter must be 1, 2, 3 or 4. Hint: Leave it out to have it taken from the '
'year end.';
comment on constraint reporting_quarter_in_year on company.metrics_input is
'reporting_quarter must be 1, 2, 3 or 4. Hint: Leave it out to have it taken from '
'fiscal_reporting_date.';
comment on constraint fiscal_reporting_date_in_range on company.metrics_input is
'fiscal_reporting_date must lie between 1970 and 2199. Hint: Send the last day of the fiscal '
'quarter.';

alter table company.country enable row level security;
alter table company.customer_type enable row level security;
alter table company.revenue_type enable row level security;
alter table company.company enable row level security;
alter table company.metrics_input enable row level security;
