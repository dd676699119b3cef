drop table company.metric_definition;
drop table company.quarterly_reporting_metrics;
drop table company.quarterly_reporting_financials;
