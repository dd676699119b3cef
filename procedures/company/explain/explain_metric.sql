-- How one number came about: its formula in words and as an expression, every operand with its
-- value and the row it stands in, the exchange rates with their fixings, and so on down to what was
-- submitted; or why there is no number. In psql:
-- select jsonb_pretty(company.explain_metric('reciLI8sBuJE9vEAv', 2022, 4, 'USD', 'arr'));
create or replace function company.explain_metric(
    p_company_id text,
    p_year integer,
    p_quarter integer,
    p_currency text,
    p_metric text
)
returns jsonb
language plpgsql
stable
security invoker
set search_path = ''
as $$
begin
    if not exists (select from company.metric_definition as d where d.metric = p_metric) then
        raise exception using
            errcode = 'QB400',
            constraint = 'metric_unknown',
            column = 'metric',
            message = 'There is no metric of this name.',
            hint = 'bi.metric_definition lists the metrics: columns of bi.quarterly_metrics.';
    end if;
    p_currency := upper(p_currency);
    perform company.require_metrics(p_company_id, p_year, p_quarter, p_currency);
    return (
        with
        behind as materialized (
            select
                b.operand,
                b.depth
            from company.operands_behind(p_metric) as b
        ),

        explained as materialized (
            select
                e.operand,
                e.document,
                b.depth,
                o.sort_order,
                o.quarters_before
            from company.explain_operands(
                p_company_id,
                p_year * 4 + p_quarter - 1,
                p_currency,
                array(select b.operand from behind as b)
            ) as e
            inner join behind as b on e.operand = b.operand
            inner join company.metric_operand as o on e.operand = o.operand
        )

        select
            m.document - 'operand' || jsonb_build_object(
                'company_id', p_company_id,
                'currency', p_currency,
                'metric', d.metric,
                'formula', d.formula,
                'null_rule', d.null_rule,
                'currency_note', d.currency_note,
                'source', d.source,
                'assumed_zero_debt', coalesce(
                    m.document ->> 'value' is not null
                    and bool_or(
                        x.operand = 'debt_outstanding' and x.document ->> 'value' is null
                    ),
                    false
                ),
                'operands', jsonb_agg(
                    x.document order by x.depth, x.sort_order, x.quarters_before
                )
            )
        from explained as m
        inner join company.metric_definition as d on m.operand = d.metric
        inner join explained as x on x.depth > 0
        where m.depth = 0
        group by m.document, d.metric
    );
end
$$;

comment on function company.explain_metric(text, integer, integer, text, text) is
'How a metric (bi.metric_definition) of a calendar quarter in one currency came about, as jsonb: '
'value, formula, expression, operands down to the submission, rates with their fixings, or the '
'reason why it is null. p_year and p_quarter come back as reporting_year and reporting_quarter. '
'For a table, see company.metric_lineage. Raises QB400 metric_unknown, and QB404 as '
'company.require_metrics does.';
grant execute on function company.explain_metric(text, integer, integer, text, text) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
