-- <table>_<columns>_idx, or _key when unique: the columns in their order, all or the first few of
-- them. An index on an expression says its table and whether it is unique.
select
    i.indrelid::regclass::text as offender,
    x.relname as finding
from pg_index as i
inner join pg_class as x on i.indexrelid = x.oid
inner join pg_class as c on i.indrelid = c.oid
inner join pg_namespace as n on x.relnamespace = n.oid
where
    n.nspowner = 'qb_owner'::regrole
    and not x.relispartition
    and not exists (select from pg_constraint as k where k.conindid = x.oid and k.contype <> 'f')
    and not case
        when 0 = any(i.indkey)
            then
                starts_with(x.relname, c.relname || '_')
                and x.relname ~ case when i.indisunique then '_key$' else '_idx$' end
        else exists (
            select
            from generate_series(1, i.indnkeyatts) as k (columns)
            where
                x.relname = concat_ws(
                    '_',
                    c.relname,
                    (
                        select string_agg(a.attname, '_' order by u.place)
                        from unnest(i.indkey) with ordinality as u (attnum, place)
                        inner join pg_attribute as a
                            on u.attnum = a.attnum and a.attrelid = c.oid
                        where u.place <= k.columns
                    ),
                    case when i.indisunique then 'key' else 'idx' end
                )
        )
    end
