-- The same explanation as a table to read: each operand below what it is part of. In psql:
-- select * from company.metric_lineage('reciLI8sBuJE9vEAv', 2022, 4, 'USD', 'arr');
create or replace function company.metric_lineage(
    p_company_id text,
    p_year integer,
    p_quarter integer,
    p_currency text,
    p_metric text
)
returns table (
    step text,
    quarter_label text,
    currency text,
    value text,
    expression text,
    origin text
)
language sql
stable
security invoker
set search_path = ''
as $$
    with recursive
    explained as materialized (
        select company.explain_metric(p_company_id, p_year, p_quarter, p_currency, p_metric) as e
    ),

    operand as materialized (
        select
            o.document ->> 'operand' as name,
            o.document
        from explained as x
        cross join lateral jsonb_array_elements(x.e -> 'operands') as o (document)
    ),

    lineage (name, document, place) as (
        select
            p_metric,
            x.e,
            array[0::bigint]
        from explained as x
        union all
        select
            d.name,
            o.document,
            l.place || d.number
        from lineage as l
        cross join lateral jsonb_array_elements_text(
            l.document -> 'derived_from'
        ) with ordinality as d (name, number)
        inner join operand as o on d.name = o.name
    )

    select
        repeat('  ', cardinality(l.place) - 1) || l.name,
        format('Q%s %s', l.document ->> 'reporting_quarter', l.document ->> 'reporting_year'),
        l.document ->> 'currency',
        coalesce(l.document ->> 'value', 'null: ' || (l.document -> 'reason' ->> 'message')),
        l.document ->> 'expression',
        case
            when l.document -> 'rate' ->> 'kind' = 'same_currency' then 'same currency'
            when jsonb_typeof(l.document -> 'rate') = 'object'
                then format(
                    '%s rate %s to %s, %s: %s fixings %s to %s (%s)',
                    l.document -> 'rate' ->> 'kind',
                    l.document -> 'rate' ->> 'from_currency',
                    l.document -> 'rate' ->> 'to_currency',
                    l.document -> 'rate' ->> 'method',
                    l.document -> 'rate' ->> 'fixing_count',
                    l.document -> 'rate' ->> 'first_on',
                    l.document -> 'rate' ->> 'last_on',
                    (
                        select string_agg(distinct f.fixing ->> 'source', ', ')
                        from jsonb_array_elements(
                            l.document -> 'rate' -> 'fixings'
                        ) as f (fixing)
                    )
                )
            when jsonb_typeof(l.document -> 'row') = 'object'
                then concat_ws(
                    ' ',
                    l.document -> 'row' ->> 'table',
                    l.document -> 'row' ->> 'id',
                    'version ' || (l.document -> 'row' ->> 'row_version'),
                    'by',
                    coalesce(
                        l.document -> 'row' ->> 'last_updated_by',
                        l.document -> 'row' ->> 'created_by'
                    ),
                    coalesce(
                        l.document -> 'row' ->> 'last_update_date',
                        l.document -> 'row' ->> 'created_date'
                    )
                )
        end
    from lineage as l
    order by l.place
$$;

comment on function company.metric_lineage(text, integer, integer, text, text) is
'The explanation of company.explain_metric as a table: one row per step, indented below what it is '
'part of, with its quarter, currency, value (or why it is null), expression and origin (the row '
'and its author, or the fixings). Refuses what company.explain_metric refuses.';
grant execute on function company.metric_lineage(text, integer, integer, text, text) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
