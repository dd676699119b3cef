-- How many quarters there are of each company in each currency, kept by the derivation: a list says
-- its exact total without counting a million rows for a page of a hundred.

create table company.quarter_count (
    -- First, so that adding it up reads nothing else of a row.
    quarters integer not null,
    company_id text not null,
    currency text not null,
    primary key (company_id, currency)
)
-- Every submission changes a row in place; there is room for its next version beside it.
with (fillfactor = 50);
comment on table company.quarter_count is
'One row per company and currency of the derived quarters: how many there are.';
alter table company.quarter_count enable row level security;

insert into company.quarter_count (quarters, company_id, currency)
select
    count(*),
    f.company_id,
    f.currency
from company.quarterly_reporting_financials as f
group by f.company_id, f.currency;

-- The date too, so that a filter by days is answered from the index. Almost every company ends its
-- quarters on the same day: equal entries share their place, and the index stays as small.
drop index company.quarterly_reporting_financials_currency_idx;
create index quarterly_reporting_financials_currency_idx
on company.quarterly_reporting_financials (
    currency, reporting_year, reporting_quarter, fiscal_reporting_date
);
drop index company.quarterly_reporting_metrics_currency_idx;
create index quarterly_reporting_metrics_currency_idx
on company.quarterly_reporting_metrics (
    currency, reporting_year, reporting_quarter, fiscal_reporting_date
);
