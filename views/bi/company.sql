-- Portfolio companies for BI tools, with the valuation that holds now.
create or replace view bi.company
with (security_invoker = true)
as
select
    c.company_id,
    c.name as company_name,
    f.fund_id::text as fund_id,
    f.name as fund,
    c.reporting_status,
    c.reporting_currency,
    coalesce(l.common_name, l.name) as location_country,
    c.location_country as country_code,
    c.customer_type,
    c.revenue_type,
    coalesce(v.equity_raised_amount, c.equity_raised_amount)::numeric(24, 2) as equity_raised,
    coalesce(v.post_money_valuation_amount, c.post_money_valuation_amount)::numeric(24, 2)
        as post_money_valuation,
    coalesce(v.currency, c.valuation_currency) as valuation_currency,
    v.round_on as valuation_date,
    c.year_end_date,
    c.is_archived,
    c.burn_sign
from company.company as c
left join fund.fund as f on c.fund_id = f.fund_id
left join company.country as l on c.location_country = l.country
left join lateral (
    select
        r.equity_raised_amount,
        r.post_money_valuation_amount,
        r.currency,
        r.round_on
    from company.valuation_round as r
    where r.company_id = c.company_id and r.round_on <= ops.today()
    order by r.round_on desc
    limit 1
) as v on true;

comment on view bi.company is
'One row per company: company_id.';
comment on column bi.company.company_id is 'Key of the company, as text. [key; attribute]';
comment on column bi.company.company_name is 'Name of the company. [text; attribute]';
comment on column bi.company.fund_id is
'Key of the fund that holds the company; null when there is none, or when the reader sees the '
'company without its fund. [key; attribute]';
comment on column bi.company.fund is 'Name of the fund; null when fund_id is. [text; attribute]';
comment on column bi.company.reporting_status is
'Reporting status, such as Active. [text; attribute]';
comment on column bi.company.reporting_currency is
'ISO 4217 code the company reports in now. [text; attribute]';
comment on column bi.company.location_country is
'Country of the company by name; null when not known. [text; attribute]';
comment on column bi.company.country_code is
'Country of the company by ISO 3166-1 alpha-2 code. [text; attribute]';
comment on column bi.company.customer_type is
'Kind of customer it sells to, such as B2B. [text; attribute]';
comment on column bi.company.revenue_type is
'Kind of revenue it lives on, such as Recurring. [text; attribute]';
comment on column bi.company.equity_raised is
'Equity raised to date, in units of valuation_currency: of the latest dated round, else the '
'company''s own. Null when not known. [money; semi-additive]';
comment on column bi.company.post_money_valuation is
'Post-money valuation, in units of valuation_currency: of the latest dated round, else the '
'company''s own. Null when not known. [money; semi-additive]';
comment on column bi.company.valuation_currency is
'ISO 4217 code of the two valuation amounts. [text; attribute]';
comment on column bi.company.valuation_date is
'Day of the latest dated round; null when the valuation is the company''s own. [date; attribute]';
comment on column bi.company.year_end_date is
'A day on which a fiscal year of the company ends. [date; attribute]';
comment on column bi.company.is_archived is
'True when the company is no longer followed. [flag; attribute]';
comment on column bi.company.burn_sign is
'Sign of the cash_burn that the company reports (bi.quarterly_input): outflow_negative, or '
'positive_is_burn. [text; attribute]';
grant select on bi.company to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
