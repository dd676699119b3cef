-- Every bi view opens for every group role that reads the company room, narrowed ones included: row
-- security decides what it shows them. Nobody else has a right on it, and nobody writes through it.
select
    coalesce(w.view_id, h.view_id)::regclass::text as offender,
    coalesce(w.role_id, h.role_id)::regrole::text as finding
from (
    select
        c.oid as view_id,
        r.oid as role_id
    from pg_class as c
    inner join pg_roles as r
        on
            r.rolname in (
                'qb_admin', 'qb_editor', 'qb_viewer', 'qb_auditor', 'qb_editor_scoped',
                'qb_viewer_scoped'
            )
    where c.relnamespace = to_regnamespace('bi') and c.relkind = 'v'
) as w
full join (
    select
        c.oid as view_id,
        x.grantee as role_id
    from pg_class as c
    cross join lateral aclexplode(c.relacl) as x
    where c.relnamespace = to_regnamespace('bi') and c.relkind = 'v' and x.grantee <> c.relowner
    group by c.oid, x.grantee
    having array_agg(x.privilege_type) = array['SELECT']
) as h on w.view_id = h.view_id and w.role_id = h.role_id
where w.role_id is null or h.role_id is null
