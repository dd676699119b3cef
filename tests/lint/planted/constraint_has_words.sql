-- finds: fund.fund, fund_name_unique
-- finds: company.metrics_input, ebitda_in_range
comment on constraint fund_name_unique on fund.fund is null;
comment on constraint ebitda_in_range on company.metrics_input is 'Out of range';
