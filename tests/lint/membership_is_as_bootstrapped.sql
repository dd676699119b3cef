-- Who may become whom is what db/bootstrap.sql says: group roles and the jobs' login become
-- nobody, the API's login a group role by name only (set role, never by inheritance), a BI login
-- has reading roles and nothing of PostgreSQL's own.
with recursive reachable (login, role_id, inherited) as (
    select
        m.member,
        m.roleid,
        m.inherit_option
    from pg_auth_members as m
    where m.set_option or m.inherit_option
    union
    select
        b.login,
        m.roleid,
        m.inherit_option
    from reachable as b
    inner join pg_auth_members as m on b.role_id = m.member
    where m.set_option or m.inherit_option
)

select
    l.rolname as offender,
    g.rolname as finding
from reachable as b
inner join pg_roles as l on b.login = l.oid
inner join pg_roles as g on b.role_id = g.oid
where
    case
        when l.rolname = 'qb_api'
            then
                b.inherited
                or g.rolname not in (
                    'qb_admin', 'qb_editor', 'qb_viewer', 'qb_auditor', 'qb_submitter',
                    'qb_investor', 'qb_editor_scoped', 'qb_viewer_scoped'
                )
        when l.rolname = 'qb_deploy' then b.inherited or g.rolname <> 'qb_owner'
        when l.rolname ~ '^qb_' then true
        when l.rolname in (select d.login from security.database_login as d)
            then
                g.rolname ~ '^(qb|pg)_'
                and g.rolname not in ('qb_viewer', 'qb_viewer_scoped', 'qb_auditor')
        else false
    end
