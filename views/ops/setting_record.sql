-- A setting as the API answers it.
create or replace view ops.setting_record
with (security_invoker = true)
as
select
    s.setting,
    s.value,
    s.description,
    s.last_update_date,
    u.display_name as last_updated_by,
    s.row_version
from ops.setting as s
left join security.person as u on s.last_updated_by = u.user_id;

comment on view ops.setting_record is
'One row per setting, in the keys of GET /v1/settings.';
grant select on ops.setting_record to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
