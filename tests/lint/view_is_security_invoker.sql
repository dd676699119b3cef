-- A view shows its reader's rows: without security_invoker it shows the owner's, which are all.
-- (`create or replace view` without the option drops it silently.) The exception is the facade of
-- a materialized view, or of a table that keeps totals: owner-run, security_barrier, over its own
-- <view>_mv or <view>_total and nothing unfiltered.
select c.oid::regclass::text as offender
from pg_class as c
inner join pg_namespace as n on c.relnamespace = n.oid
where
    n.nspowner = 'qb_owner'::regrole
    and c.relkind = 'v'
    and not coalesce(c.reloptions, '{}') @> '{security_invoker=true}'
    and not (
        coalesce(c.reloptions, '{}') @> '{security_barrier=true}'
        and exists (
            select
            from pg_rewrite as w
            inner join pg_depend as d
                on
                    w.oid = d.objid
                    and d.classid = 'pg_rewrite'::regclass
                    and d.refclassid = 'pg_class'::regclass
            inner join pg_class as m on d.refobjid = m.oid
            where
                w.ev_class = c.oid
                and (
                    (m.relkind = 'm' and m.relname = c.relname || '_mv')
                    or (m.relkind = 'r' and m.relname = c.relname || '_total')
                )
        )
    )
