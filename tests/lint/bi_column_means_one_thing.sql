-- The same word for the same thing: a column of one name has one type and one tag in every bi view,
-- so that tools join and compare by name.
select
    a.attname::text as offender,
    string_agg(
        format('%s: %s %s', c.relname, format_type(a.atttypid, a.atttypmod), t.tag),
        ', ' order by c.relname
    ) as finding
from pg_attribute as a
inner join pg_class as c on a.attrelid = c.oid
left join lateral substring(col_description(c.oid, a.attnum) from '\[[^\]]*\]$') as t (tag) on true
where
    c.relnamespace = to_regnamespace('bi')
    and a.attnum > 0
    and not a.attisdropped
group by a.attname
having count(distinct concat_ws(' ', format_type(a.atttypid, a.atttypmod), t.tag)) > 1
