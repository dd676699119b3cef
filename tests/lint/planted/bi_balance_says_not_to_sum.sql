-- finds: quarterly_financials.cash_balance, Cash, in currency.
comment on column bi.quarterly_financials.cash_balance is
'Cash, in currency. [money; semi-additive]';
