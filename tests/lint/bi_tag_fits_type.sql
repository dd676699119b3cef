-- The tag of a bi column agrees with its type and with itself: a date is of type date, a ratio is
-- not additive, a name is an attribute.
select
    c.oid::regclass || '.' || a.attname as offender,
    format_type(a.atttypid, a.atttypmod) || ' ' || t.tag[1] || '; ' || t.tag[2] as finding
from pg_attribute as a
inner join pg_class as c on a.attrelid = c.oid
cross join lateral regexp_match(col_description(c.oid, a.attnum), '\[(\w+); ([\w-]+)\]$') as t (tag)
where
    c.relnamespace = to_regnamespace('bi')
    and a.attnum > 0
    and not case t.tag[1]
        when 'money' then a.atttypid = 'numeric'::regtype
        when 'ratio' then a.atttypid = 'numeric'::regtype and t.tag[2] = 'non-additive'
        when 'multiple' then a.atttypid = 'numeric'::regtype and t.tag[2] = 'non-additive'
        when 'months' then t.tag[2] = 'non-additive'
        when 'rate' then a.atttypid = 'numeric'::regtype and t.tag[2] = 'non-additive'
        when 'count' then a.atttypid in ('integer'::regtype, 'bigint'::regtype)
        when 'date' then a.atttypid = 'date'::regtype and t.tag[2] = 'attribute'
        when 'time' then a.atttypid = 'timestamptz'::regtype and t.tag[2] = 'attribute'
        when 'flag'
            then a.atttypid = 'boolean'::regtype and t.tag[2] in ('attribute', 'non-additive')
        when 'text' then a.atttypid = 'text'::regtype and t.tag[2] = 'attribute'
        when 'key' then t.tag[2] = 'attribute'
        else true
    end
