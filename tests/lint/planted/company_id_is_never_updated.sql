-- finds: company.metrics_input, qb_editor
-- finds: company.valuation_round, qb_admin
grant update (company_id) on company.metrics_input to qb_editor;
grant update on company.valuation_round to qb_admin;
