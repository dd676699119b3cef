-- A derived row exists because its input does, and that one's foreign key names the company: a
-- second look at the company for each derived row was a tenth of the work of a bulk load. A row
-- that nothing derives is found by ops.check_financials_are_derived and check_metrics_are_derived.

alter table company.quarterly_reporting_financials
drop constraint quarterly_reporting_financials_company_id_fkey;

alter table company.quarterly_reporting_metrics
drop constraint quarterly_reporting_metrics_company_id_fkey;
