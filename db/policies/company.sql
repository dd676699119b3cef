-- Who sees and changes what in the company room. Row security is enabled, not forced: no login
-- owns anything. The firm sees every row, for nothing; narrowed users and submitters theirs, by an
-- array that is made once a statement. An investor has no policy here, and sees nothing.

grant usage on schema company to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;

-- Reference data: read by everybody here, written by deployments and, kinds of customers and
-- revenue being data, by editors.
grant select on company.country to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
create policy select_readers on company.country for select
to qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped
using (true);

grant select on company.metric_definition to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
create policy select_readers on company.metric_definition for select
to qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped
using (true);

grant select on company.metric_operand to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
create policy select_readers on company.metric_operand for select
to qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped
using (true);

grant select on company.null_reason to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
create policy select_readers on company.null_reason for select
to qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped
using (true);

grant select on company.customer_type to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
grant insert (customer_type, description) on company.customer_type to
qb_admin, qb_editor, qb_editor_scoped;
create policy select_readers on company.customer_type for select
to qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped
using (true);
create policy insert_editors on company.customer_type for insert
to qb_admin, qb_editor, qb_editor_scoped with check (true);

grant select on company.revenue_type to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
grant insert (revenue_type, description) on company.revenue_type to
qb_admin, qb_editor, qb_editor_scoped;
create policy select_readers on company.revenue_type for select
to qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped
using (true);
create policy insert_editors on company.revenue_type for insert
to qb_admin, qb_editor, qb_editor_scoped with check (true);

-- Derived rows: written by the derivation only.
grant select on company.quarterly_reporting_financials to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
create policy select_firm on company.quarterly_reporting_financials for select
to qb_admin, qb_editor, qb_viewer, qb_auditor using (true);
create policy select_narrowed on company.quarterly_reporting_financials for select
to qb_submitter, qb_editor_scoped, qb_viewer_scoped
using (company_id = any((select security.visible_companies())::text[]));

grant select on company.quarterly_reporting_metrics to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
create policy select_firm on company.quarterly_reporting_metrics for select
to qb_admin, qb_editor, qb_viewer, qb_auditor using (true);
create policy select_narrowed on company.quarterly_reporting_metrics for select
to qb_submitter, qb_editor_scoped, qb_viewer_scoped
using (company_id = any((select security.visible_companies())::text[]));

grant select on company.quarter_count to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
create policy select_firm on company.quarter_count for select
to qb_admin, qb_editor, qb_viewer, qb_auditor using (true);
create policy select_narrowed on company.quarter_count for select
to qb_submitter, qb_editor_scoped, qb_viewer_scoped
using (company_id = any((select security.visible_companies())::text[]));

-- Companies: never the stamps, and the key only once. A company's own key stands in its policy only
-- where it was named to the user: a fund's editor could not create one otherwise.
grant select on company.company to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
grant insert (
    company_id, name, reporting_status, reporting_currency, fund_id, location_country,
    customer_type, revenue_type, equity_raised, post_money_valuation, amount_unit,
    valuation_currency, year_end_date, burn_sign, is_archived
) on company.company to qb_admin, qb_editor, qb_editor_scoped;
grant update (
    name, reporting_status, reporting_currency, fund_id, location_country, customer_type,
    revenue_type, equity_raised, post_money_valuation, amount_unit, valuation_currency,
    year_end_date, burn_sign, is_archived
) on company.company to qb_admin, qb_editor, qb_editor_scoped;
grant delete on company.company to qb_admin, qb_editor, qb_editor_scoped;
create policy select_firm on company.company for select
to qb_admin, qb_editor, qb_viewer, qb_auditor using (true);
create policy insert_editors on company.company for insert
to qb_admin, qb_editor with check (true);
create policy update_editors on company.company for update
to qb_admin, qb_editor using (true) with check (true);
create policy delete_editors on company.company for delete
to qb_admin, qb_editor using (true);
create policy select_narrowed on company.company for select
to qb_submitter, qb_editor_scoped, qb_viewer_scoped
using (
    fund_id = any((select security.visible_funds())::uuid[])
    or company_id = any((select security.visible_single_companies())::text[])
);
create policy insert_narrowed on company.company for insert
to qb_editor_scoped
with check (fund_id = any((select security.visible_funds())::uuid[]));
create policy update_narrowed on company.company for update
to qb_editor_scoped
using (
    fund_id = any((select security.visible_funds())::uuid[])
    or company_id = any((select security.visible_single_companies())::text[])
)
with check (
    fund_id = any((select security.visible_funds())::uuid[])
    or company_id = any((select security.visible_single_companies())::text[])
);
-- Who was given a company without its fund does not take it away from the fund's people.
create policy delete_narrowed on company.company for delete
to qb_editor_scoped
using (fund_id = any((select security.visible_funds())::uuid[]));

-- Submitted quarters: a submitter sends and corrects them, and takes none back.
grant select on company.metrics_input to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
grant insert (
    company_id, currency, total_revenue, recurring_revenue, gross_profit,
    sales_marketing_expense, total_operating_expense, ebitda, net_income, cash_burn,
    cash_balance, debt_outstanding, employees, customers, fiscal_reporting_date,
    fiscal_reporting_quarter, reporting_year, reporting_quarter
) on company.metrics_input to qb_admin, qb_editor, qb_submitter, qb_editor_scoped;
grant update (
    currency, total_revenue, recurring_revenue, gross_profit, sales_marketing_expense,
    total_operating_expense, ebitda, net_income, cash_burn, cash_balance, debt_outstanding,
    employees, customers, fiscal_reporting_date, fiscal_reporting_quarter, reporting_year,
    reporting_quarter
) on company.metrics_input to qb_admin, qb_editor, qb_submitter, qb_editor_scoped;
grant delete on company.metrics_input to qb_admin, qb_editor, qb_editor_scoped;
create policy select_firm on company.metrics_input for select
to qb_admin, qb_editor, qb_viewer, qb_auditor using (true);
create policy insert_editors on company.metrics_input for insert
to qb_admin, qb_editor with check (true);
create policy update_editors on company.metrics_input for update
to qb_admin, qb_editor using (true) with check (true);
create policy delete_editors on company.metrics_input for delete
to qb_admin, qb_editor using (true);
create policy select_narrowed on company.metrics_input for select
to qb_submitter, qb_editor_scoped, qb_viewer_scoped
using (company_id = any((select security.visible_companies())::text[]));
create policy insert_narrowed on company.metrics_input for insert
to qb_submitter, qb_editor_scoped
with check (company_id = any((select security.visible_companies())::text[]));
create policy update_narrowed on company.metrics_input for update
to qb_submitter, qb_editor_scoped
using (company_id = any((select security.visible_companies())::text[]))
with check (company_id = any((select security.visible_companies())::text[]));
create policy delete_narrowed on company.metrics_input for delete
to qb_editor_scoped
using (company_id = any((select security.visible_companies())::text[]));

grant select on company.valuation_round to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
grant insert (
    company_id, round_on, round_name, post_money_valuation, equity_raised, amount_unit,
    currency
) on company.valuation_round to qb_admin, qb_editor, qb_editor_scoped;
grant update (
    round_on, round_name, post_money_valuation, equity_raised, amount_unit, currency
) on company.valuation_round to qb_admin, qb_editor, qb_editor_scoped;
grant delete on company.valuation_round to qb_admin, qb_editor, qb_editor_scoped;
create policy select_firm on company.valuation_round for select
to qb_admin, qb_editor, qb_viewer, qb_auditor using (true);
create policy insert_editors on company.valuation_round for insert
to qb_admin, qb_editor with check (true);
create policy update_editors on company.valuation_round for update
to qb_admin, qb_editor using (true) with check (true);
create policy delete_editors on company.valuation_round for delete
to qb_admin, qb_editor using (true);
create policy select_narrowed on company.valuation_round for select
to qb_submitter, qb_editor_scoped, qb_viewer_scoped
using (company_id = any((select security.visible_companies())::text[]));
create policy insert_narrowed on company.valuation_round for insert
to qb_editor_scoped
with check (company_id = any((select security.visible_companies())::text[]));
create policy update_narrowed on company.valuation_round for update
to qb_editor_scoped
using (company_id = any((select security.visible_companies())::text[]))
with check (company_id = any((select security.visible_companies())::text[]));
create policy delete_narrowed on company.valuation_round for delete
to qb_editor_scoped
using (company_id = any((select security.visible_companies())::text[]));
