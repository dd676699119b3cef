-- finds: planted.rev_amt, rev
-- finds: planted.rev_amt, amt
-- finds: qtr_planted.revenue, qtr
create view bi.planted as select 1 as rev_amt, 2 as revenue, 3 as no_fx_rate_company_count;
create view bi.qtr_planted as select 1 as revenue;
