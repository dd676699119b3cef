-- A bi column's comment ends with "[unit; additivity]": bi.dictionary reads it, and makes the
-- descriptions, metrics and "do not sum over time" of BI tools from it.
select
    c.oid::regclass || '.' || a.attname as offender,
    right(col_description(c.oid, a.attnum), 40) as finding
from pg_attribute as a
inner join pg_class as c on a.attrelid = c.oid
where
    c.relnamespace = to_regnamespace('bi')
    and a.attnum > 0
    and not a.attisdropped
    and col_description(c.oid, a.attnum) !~ (
        ' \[(money|ratio|multiple|months|count|rate|date|time|text|key|flag|number); '
        '(additive|semi-additive|non-additive|attribute)\]$'
    )
