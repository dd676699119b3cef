-- In a policy a function stands in a scalar sub-select without arguments, `company_id = any
-- ((select security.visible_companies())::text[])`: evaluated once a statement. Called with a
-- column, once a row, it was 40 times slower; a table read there would need grants of its own.
select
    p.polrelid::regclass::text as offender,
    p.polname as finding
from pg_policy as p
inner join pg_class as c on p.polrelid = c.oid
inner join pg_namespace as n on c.relnamespace = n.oid
cross join lateral (
    values (pg_get_expr(p.polqual, p.polrelid)), (pg_get_expr(p.polwithcheck, p.polrelid))
) as e (expression)
-- What is left without strings and `( SELECT room.f() AS f)` calls no function and reads no table.
cross join lateral (
    select
        regexp_replace(
            regexp_replace(e.expression, '''[^'']*''', '', 'g'),
            '\(\s*SELECT [a-z_]+\.[a-z_]+\(\) AS [a-z_]+\)', '', 'g'
        ) as text
) as rest
where
    n.nspowner = 'qb_owner'::regrole
    and rest.text ~ '\w\(|\mSELECT\M'
group by 1, 2
