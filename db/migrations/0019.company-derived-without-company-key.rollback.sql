alter table company.quarterly_reporting_metrics
add constraint quarterly_reporting_metrics_company_id_fkey
foreign key (company_id) references company.company (company_id);

alter table company.quarterly_reporting_financials
add constraint quarterly_reporting_financials_company_id_fkey
foreign key (company_id) references company.company (company_id);
