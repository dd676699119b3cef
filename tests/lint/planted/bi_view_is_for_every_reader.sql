-- finds: bi.company, qb_investor
-- finds: bi.calendar, qb_viewer_scoped
-- finds: bi.fx_rate, qb_editor
grant select on bi.company to qb_investor;
revoke select on bi.calendar from qb_viewer_scoped;
grant update on bi.fx_rate to qb_editor;
