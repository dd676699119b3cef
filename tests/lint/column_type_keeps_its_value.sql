-- Stored and shown values keep what was sent: no binary floats (money), no times without a zone, no
-- padded or cut text, no locale-bound money type.
select
    c.oid::regclass || '.' || a.attname as offender,
    format_type(a.atttypid, a.atttypmod) as finding
from pg_attribute as a
inner join pg_class as c on a.attrelid = c.oid
inner join pg_namespace as n on c.relnamespace = n.oid
where
    n.nspowner = 'qb_owner'::regrole
    and c.relkind in ('r', 'p', 'f', 'v', 'm')
    and a.attnum > 0
    and not a.attisdropped
    and a.atttypid in (
        'real'::regtype, 'double precision'::regtype, 'money'::regtype, 'timestamp'::regtype,
        'time'::regtype, 'timetz'::regtype, 'varchar'::regtype, 'bpchar'::regtype, 'json'::regtype
    )
    -- The layout of these four is yoyo's.
    and c.relname !~ '^_?yoyo_'
