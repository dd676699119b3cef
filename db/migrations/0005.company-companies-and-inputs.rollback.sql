drop table company.metrics_input;
drop table company.company;
drop table company.revenue_type;
drop table company.customer_type;
drop table company.country;
drop schema company;
