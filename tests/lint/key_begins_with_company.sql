-- company_id is the first column of every primary key, unique and exclusion constraint and unique
-- index of a per-company table (fund_id in the rooms fund and ledger): the table can be distributed
-- by it.
with distributed as (
    select
        c.oid,
        a.attname,
        a.attnum
    from pg_class as c
    inner join pg_namespace as n on c.relnamespace = n.oid
    inner join pg_attribute as a on c.oid = a.attrelid and not a.attisdropped
    where
        n.nspowner = 'qb_owner'::regrole
        and c.relkind in ('r', 'p')
        and (
            a.attname = 'company_id'
            -- fund.fund itself is shared: its name is unique across funds.
            or (
                a.attname = 'fund_id'
                and n.nspname in ('fund', 'ledger')
                and c.oid <> 'fund.fund'::regclass
            )
        )
)

select
    d.oid::regclass::text as offender,
    format('%s does not begin with %s', i.indexrelid::regclass, d.attname) as finding
from distributed as d
inner join pg_index as i on d.oid = i.indrelid
where
    (i.indisunique or i.indisexclusion)
    and (i.indkey::smallint[])[0] <> d.attnum
