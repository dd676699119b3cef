-- What a metric is made of, directly and further down.
create or replace function company.operands_behind(
    p_metric text
)
returns table (operand text, depth integer)
language sql
stable
security invoker
set search_path = ''
as $$
    with recursive behind (operand, depth) as (
        values (p_metric, 0)
        union
        select
            d.operand,
            b.depth + 1
        from behind as b
        inner join company.metric_operand as o on b.operand = o.operand
        cross join unnest(o.derived_from) as d (operand)
    )

    select
        b.operand,
        min(b.depth)
    from behind as b
    group by b.operand
$$;

comment on function company.operands_behind(text) is
'Every operand a metric is made of, with the number of steps to it; the metric itself is step 0.';
grant execute on function company.operands_behind(text) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
