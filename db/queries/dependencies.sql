-- Which object needs which, one step. A view's rule stands for the view, a row type for its table.
with edge as (
    select
        case
            when d.classid = 'pg_rewrite'::regclass then 'pg_class'::regclass::oid
            else d.classid
        end as class_id,
        coalesce(w.ev_class, d.objid) as oid,
        case when t.typrelid > 0 then 'pg_class'::regclass::oid else d.refclassid end
            as needed_class_id,
        case when t.typrelid > 0 then t.typrelid else d.refobjid end as needed_oid,
        d.deptype
    from pg_depend as d
    left join pg_rewrite as w on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid
    left join pg_type as a
        on d.refclassid = 'pg_type'::regclass and d.refobjid = a.oid
    left join pg_type as t on t.oid = case when a.typelem > 0 then a.typelem else a.oid end
    where d.deptype in ('n', 'a')
)

select distinct
    e.class_id,
    e.oid,
    e.needed_class_id,
    e.needed_oid,
    e.deptype = 'n' as is_blocking,
    (
        e.class_id = 'pg_proc'::regclass
        or e.class_id = 'pg_policy'::regclass
        or (e.class_id = 'pg_trigger'::regclass and not g.tgisinternal)
        -- What a trigger file attached: see objects.sql.
        or (
            e.needed_class_id = 'pg_proc'::regclass
            and e.class_id in ('pg_attrdef'::regclass, 'pg_constraint'::regclass)
        )
        or coalesce(c.relkind in ('v', 'm'), false)
    ) as is_droppable
from edge as e
left join pg_class as c on e.class_id = 'pg_class'::regclass and e.oid = c.oid
left join pg_trigger as g on e.class_id = 'pg_trigger'::regclass and e.oid = g.oid
where (e.class_id, e.oid) <> (e.needed_class_id, e.needed_oid)
