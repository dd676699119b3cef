-- finds: bi.company.fund, text date; attribute
-- finds: bi.quarterly_metrics.gross_profit_margin, numeric(28,6) ratio; additive
-- finds: bi.company.company_name, text money; additive
comment on column bi.company.fund is 'Name. [date; attribute]';
comment on column bi.company.company_name is 'Name. [money; additive]';
comment on column bi.quarterly_metrics.gross_profit_margin is 'Margin. [ratio; additive]';
