-- finds: fx._parse_date(text), qb_admin
-- finds: ops.stamp_update(), qb_editor
grant execute on function fx._parse_date(text) to qb_admin;
grant execute on function ops.stamp_update() to qb_editor;
