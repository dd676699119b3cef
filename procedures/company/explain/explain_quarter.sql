-- Every metric of a quarter in one currency, explained at once: the metrics, and beside them each
-- operand that they are made of, once, down to what was submitted.
create or replace function company.explain_quarter(
    p_company_id text,
    p_year integer,
    p_quarter integer,
    p_currency text
)
returns jsonb
language plpgsql
stable
security invoker
set search_path = ''
as $$
begin
    p_currency := upper(p_currency);
    perform company.require_metrics(p_company_id, p_year, p_quarter, p_currency);
    return (
        select
            jsonb_build_object(
                'company_id', p_company_id,
                'reporting_year', p_year,
                'reporting_quarter', p_quarter,
                'currency', p_currency,
                'metrics', jsonb_agg(
                    e.document || jsonb_build_object('formula', d.formula) order by o.sort_order
                ) filter (where d.metric is not null),
                'operands', jsonb_agg(e.document order by o.sort_order, o.quarters_before)
                filter (where d.metric is null)
            )
        from company.explain_operands(
            p_company_id,
            p_year * 4 + p_quarter - 1,
            p_currency,
            array(select a.operand from company.metric_operand as a)
        ) as e
        inner join company.metric_operand as o on e.operand = o.operand
        left join company.metric_definition as d on e.operand = d.metric
    );
end
$$;

comment on function company.explain_quarter(text, integer, integer, text) is
'All metrics of a quarter (calendar year and quarter) in one currency as one jsonb document: '
'metrics, and the operands they name. Raises QB404 as company.require_metrics does.';
grant execute on function company.explain_quarter(text, integer, integer, text) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
