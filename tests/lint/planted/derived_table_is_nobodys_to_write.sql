-- finds: fund.payment_line, qb_editor: INSERT
-- finds: company.quarterly_reporting_metrics, qb_editor: UPDATE
-- finds: fx.quarter_rate, qb_admin: DELETE
-- finds: ledger.period_balance, qb_admin: INSERT
grant insert on fund.payment_line to qb_editor;
grant insert on ledger.period_balance to qb_admin;
grant update (arr) on company.quarterly_reporting_metrics to qb_editor;
grant delete on fx.quarter_rate to qb_admin;
