-- finds: bi.company.fund, Name of the fund.
-- finds: bi.company.company_name, Name. [text; additiv]
-- finds: bi.company.equity_raised, Raised. [dollars; additive]
comment on column bi.company.fund is 'Name of the fund.';
comment on column bi.company.company_name is 'Name. [text; additiv]';
comment on column bi.company.equity_raised is 'Raised. [dollars; additive]';
