-- Companies a narrowed user or a submitter sees one by one, whatever fund holds them.
create or replace function security.visible_single_companies()
returns text[]
-- Plans that are kept for the session: as in security.current_user_id.
language plpgsql
stable
parallel safe
-- Definer: whose rows are whose is readable by nobody it binds.
security definer
set search_path = ''
as $$
declare
    v_user_id uuid := security.current_user_id();
begin
    return array(
        select s.company_id
        from security.user_company as s
        inner join security.app_user as u on s.user_id = u.user_id
        where
            s.user_id = v_user_id
            and u.is_active
            and u.group_role in ('qb_submitter', 'qb_editor_scoped', 'qb_viewer_scoped')
    );
end
$$;

comment on function security.visible_single_companies() is
'Companies that the current, narrowed user or submitter was given one by one; empty for everybody '
'else.';
grant execute on function security.visible_single_companies() to
qb_submitter, qb_editor_scoped, qb_viewer_scoped;
