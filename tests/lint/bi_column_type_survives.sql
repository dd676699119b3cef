-- Only types that pandas, polars, DuckDB and Power BI read without loss or error: no jsonb, array,
-- range, interval, enum, domain, uuid, char(n) or float.
select
    c.oid::regclass || '.' || a.attname as offender,
    format_type(a.atttypid, a.atttypmod) as finding
from pg_attribute as a
inner join pg_class as c on a.attrelid = c.oid
where
    c.relnamespace = to_regnamespace('bi')
    and a.attnum > 0
    and not a.attisdropped
    and a.atttypid not in (
        'text'::regtype, 'numeric'::regtype, 'integer'::regtype, 'bigint'::regtype,
        'boolean'::regtype, 'date'::regtype, 'timestamptz'::regtype
    )
