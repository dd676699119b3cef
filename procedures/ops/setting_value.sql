-- The value of a setting, for rules.
create or replace function ops.setting_value(
    p_setting text
)
returns jsonb
language sql
stable
security invoker
set search_path = ''
as $$
    select s.value
    from ops.setting as s
    where s.setting = p_setting
$$;

comment on function ops.setting_value(text) is
'Value of a setting as jsonb; null when there is none.';
grant execute on function ops.setting_value(text) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
