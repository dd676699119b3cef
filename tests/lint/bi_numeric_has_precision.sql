-- Every numeric of bi is cast to numeric(p, s) with p ≤ 28: without, DuckDB makes it a double and
-- connectorx cuts it; above 28 digits Power BI fails.
select
    c.oid::regclass || '.' || a.attname as offender,
    format_type(a.atttypid, a.atttypmod) as finding
from pg_attribute as a
inner join pg_class as c on a.attrelid = c.oid
where
    c.relnamespace = to_regnamespace('bi')
    and a.attnum > 0
    and not a.attisdropped
    and a.atttypid = 'numeric'::regtype
    -- atttypmod of numeric(p, s) is p * 65536 + s + 4.
    and (a.atttypmod = -1 or (a.atttypmod - 4) >> 16 > 28)
