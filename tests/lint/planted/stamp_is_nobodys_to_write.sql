-- finds: company.company.created_by, qb_editor: INSERT
-- finds: fund.fund.row_version, qb_admin: UPDATE
-- finds: ledger.period.closed_by, qb_admin: UPDATE
grant update (closed_by) on ledger.period to qb_admin;
grant insert (created_by) on company.company to qb_editor;
grant update (name, row_version) on fund.fund to qb_admin;
