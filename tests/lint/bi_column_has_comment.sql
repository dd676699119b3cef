-- Every bi column has a comment: unit, sign, currency, what null means. Tools show it to analysts.
select c.oid::regclass || '.' || a.attname as offender
from pg_attribute as a
inner join pg_class as c on a.attrelid = c.oid
where
    c.relnamespace = to_regnamespace('bi')
    and a.attnum > 0
    and not a.attisdropped
    and coalesce(col_description(c.oid, a.attnum), '') = ''
