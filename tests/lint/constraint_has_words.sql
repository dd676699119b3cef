-- Every rule that people can break has words: the comment "message. Hint: next step." is what the
-- API answers (ops.explain_rule). People are those who may write one of the rule's columns.
select
    k.conrelid::regclass::text as offender,
    k.conname as finding
from pg_constraint as k
inner join pg_namespace as n on k.connamespace = n.oid
inner join pg_class as c on k.conrelid = c.oid
where
    n.nspowner = 'qb_owner'::regrole
    and k.contype in ('c', 'u', 'x', 'f')
    and coalesce(obj_description(k.oid, 'pg_constraint'), '') !~ '^\S.*[.] Hint: \S.*[.]$'
    and exists (
        select
        from pg_attribute as a
        cross join lateral aclexplode(a.attacl || c.relacl) as x
        where
            a.attrelid = c.oid
            and a.attnum = any(k.conkey)
            and x.grantee <> c.relowner
            and x.privilege_type in ('INSERT', 'UPDATE')
    )
