drop table fund.portfolio_refresh;
drop table fund.portfolio_change;
drop table fund.portfolio_quarter_total;
