-- Funds for BI tools. Row security shows a fund to those who see all of its companies, so that its
-- counts are whole; who sees single companies only has no row here.
create or replace view bi.fund
with (security_invoker = true)
as
select
    f.fund_id::text as fund_id,
    f.name as fund,
    c.company_count,
    c.archived_company_count,
    q.first_reporting_date,
    q.latest_reporting_date,
    f.currency,
    f.vintage_year,
    f.status as fund_status,
    t.investment_period_ends_on - 1 as investment_period_end_date,
    t.term_ends_on as term_end_date,
    p.partner_count,
    p.commitment_amount::numeric(20, 2) as commitment_amount
from fund.fund as f
left join fund.terms as t
    on
        f.fund_id = t.fund_id
        and t.valid_from <= ops.today()
        and coalesce(t.valid_to, 'infinity') > ops.today()
left join lateral (
    select
        count(distinct l.investor_id) as partner_count,
        coalesce(sum(l.amount), 0) as commitment_amount
    from fund.commitment_line as l
    where l.fund_id = f.fund_id
) as p on true
left join lateral (
    select
        count(*) filter (where not k.is_archived) as company_count,
        count(*) filter (where k.is_archived) as archived_company_count
    from company.company as k
    where k.fund_id = f.fund_id
) as c on true
left join lateral (
    select
        min(i.fiscal_reporting_date) as first_reporting_date,
        max(i.fiscal_reporting_date) as latest_reporting_date
    from company.metrics_input as i
    inner join company.company as k on i.company_id = k.company_id
    where k.fund_id = f.fund_id
) as q on true;

comment on view bi.fund is
'One row per fund: fund_id. Only funds of which the reader sees every company.';
comment on column bi.fund.fund_id is 'Key of the fund, as text. [key; attribute]';
comment on column bi.fund.fund is 'Name of the fund. [text; attribute]';
comment on column bi.fund.company_count is
'Companies that the fund holds now and that are followed. [count; semi-additive]';
comment on column bi.fund.archived_company_count is
'Companies of the fund that are no longer followed. [count; semi-additive]';
comment on column bi.fund.first_reporting_date is
'Last day of the first fiscal quarter that one of its companies reported; null when none has. '
'[date; attribute]';
comment on column bi.fund.latest_reporting_date is
'Last day of the latest fiscal quarter that one of its companies reported; null when none has. '
'[date; attribute]';
comment on column bi.fund.currency is
'ISO 4217 code of the fund''s amounts; null for a fund that only companies name. [text; attribute]';
comment on column bi.fund.vintage_year is
'Year of the first close or of the first call; null when not given. [number; attribute]';
comment on column bi.fund.fund_status is
'raising, investing, harvesting, winding_up or closed; null when not given. [text; attribute]';
comment on column bi.fund.investment_period_end_date is
'Last day of the investment period, by the terms of today; null when not agreed. [date; '
'attribute]';
comment on column bi.fund.term_end_date is
'Last day of the fund''s term, by the terms of today; null when not agreed. [date; attribute]';
comment on column bi.fund.partner_count is
'Partners that have ever committed to the fund. [count; semi-additive]';
comment on column bi.fund.commitment_amount is
'What its partners have committed, in currency, as it stands now: filter on one currency before '
'summing. [money; additive]';
grant select on bi.fund to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
