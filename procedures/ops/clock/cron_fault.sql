-- What is wrong with a cron expression. The clock reads the same grammar (jobs/clock/cron.py): in
-- each field items separated by commas, each *, */n, a, a-b or a-b/n; months and days of the week
-- by number or by their first three letters, Sunday 0 or 7.
create or replace function ops.cron_fault(
    p_cron text
)
returns text
language sql
immutable
security invoker
set search_path = ''
as $$
    with
    field as (
        select
            g.place,
            g.name,
            g.lowest,
            g.highest,
            string_to_array(g.names, ' ') as names,
            f.field
        from
            string_to_table(
                -- Without seconds: at second 0.
                case when p_cron ~ '^\S+( \S+){4}$' then '0 ' else '' end || lower(p_cron), ' '
            ) with ordinality as f (field, place)
        inner join (
            values
            (1, 'second', 0, 59, null),
            (2, 'minute', 0, 59, null),
            (3, 'hour', 0, 23, null),
            (4, 'day of month', 1, 31, null),
            (5, 'month', 1, 12, '- jan feb mar apr may jun jul aug sep oct nov dec'),
            (6, 'day of week', 0, 7, 'sun mon tue wed thu fri sat')
        ) as g (place, name, lowest, highest, names) on f.place = g.place
    ),

    item as (
        select
            f.*,
            t.item,
            p.part[1] as low,
            p.part[2] as high,
            p.part[3]::integer as step
        from field as f
        cross join lateral string_to_table(f.field, ',') as t (item)
        left join lateral regexp_match(
            t.item, '^(\*|[0-9]{1,2}|[a-z]{3})(?:-([0-9]{1,2}|[a-z]{3}))?(?:/([0-9]{1,3}))?$'
        ) as p (part) on true
    ),

    read as (
        select
            i.*,
            case
                when i.low = '*' then i.lowest
                when i.low ~ '^[0-9]' then i.low::integer
                else array_position(i.names, i.low) - 1
            end as low_value,
            case
                when i.low = '*' then i.highest
                when i.high is null and i.low ~ '^[0-9]' then i.low::integer
                when i.high is null then array_position(i.names, i.low) - 1
                -- A week may end on Sunday.
                when i.high = 'sun' then 7
                when i.high ~ '^[0-9]' then i.high::integer
                else array_position(i.names, i.high) - 1
            end as high_value
        from item as i
    )

    select format('%s %s', r.name, r.item)
    from read as r
    where
        r.low is null
        or (r.low = '*' and r.high is not null)
        or (r.step is not null and r.low <> '*' and r.high is null)
        or r.step = 0
        or not coalesce(
            r.lowest <= r.low_value and r.low_value <= r.high_value and r.high_value <= r.highest,
            false
        )
    order by r.place
    limit 1
$$;

comment on function ops.cron_fault(text) is
'The first part of a cron expression that cannot be read, such as "hour 25"; null when all can.';
grant execute on function ops.cron_fault(text) to qb_admin;
