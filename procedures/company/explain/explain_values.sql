-- The values of a quarter's metrics and of what they are made of, as they are stored: nothing is
-- computed here. One that is missing says why. A metric is missing for the first operand of its
-- formula that is missing; else because a quarter it reads has no row in this currency, or was
-- reported in another one; else for what its formula forbids (a zero, a negative base, no burn).
create or replace function company.explain_values(
    p_company_id text,
    p_ordinal integer,
    p_currency text,
    p_operands text[]
)
returns table (
    operand text,
    value jsonb,
    null_reason text,
    because_of text,
    currency text,
    stored_row jsonb,
    rate_of jsonb
)
language plpgsql
stable
security invoker
set search_path = ''
as $$
begin
    return query
    with
    source as materialized (
        select *
        from company.explain_sources(
            p_company_id,
            p_ordinal,
            p_currency,
            array(
                select distinct o.quarters_before
                from company.metric_operand as o
                where o.operand = any(p_operands)
            )
        )
    ),

    node as materialized (
        select
            o.operand,
            o.base,
            o.quarters_before,
            o.unit,
            o.kind,
            o.expression,
            o.derived_from,
            s.absence,
            s.fiscal_reporting_date is not null as is_reported,
            s.local_currency,
            s.valuation_currency,
            s.valuation ->> 'post_money_valuation' is not null as is_valued,
            s.valuation ->> n.name is not null as is_known_of_valuation,
            nullif(
                case o.kind
                    when 'metric' then s.metrics -> o.base
                    when 'translated' then s.translated -> o.base
                    when 'submitted' then s.submitted -> n.name
                    when 'valuation' then s.valuation -> n.name
                    when 'rate' then s.rates -> o.base
                    else s.conventions -> o.base
                end,
                'null'
            ) as value,
            case
                when o.kind = 'submitted' then s.input_row
                when o.kind = 'valuation' or o.base = 'valuation_unit' then s.valuation_row
                when o.kind = 'convention' then s.company_row
                when n.name in ('post_money_valuation', 'equity_raised') or s.absence is not null
                    then null
                -- A derived row has the key of the quarter, and the stamps of its input.
                when o.kind in ('metric', 'translated')
                    then s.input_row || jsonb_build_object(
                        'table', 'company.quarterly_reporting_' || case o.kind
                            when 'metric' then 'metrics'
                            else 'financials'
                        end,
                        'id', null,
                        'row_version', null
                    )
            end as stored_row,
            case
                when o.kind = 'rate'
                    then s.rates || jsonb_build_object(
                        'from_currency', case o.base
                            when 'valuation_rate' then s.valuation_currency
                            else s.local_currency
                        end,
                        'last_on', s.fiscal_reporting_date
                    )
            end as rate_of
        from company.metric_operand as o
        inner join source as s on o.quarters_before = s.quarters_before
        cross join lateral (select replace(o.base, 'submitted_', '') as name) as n
        where o.operand = any(p_operands)
    ),

    plain as materialized (
        select
            n.*,
            case
                when n.value is not null then null
                -- A metric of this quarter is there when its row is; others follow from operands.
                when n.kind = 'metric' then case when n.quarters_before = 0 then n.absence end
                when not n.is_reported then n.absence
                when n.kind = 'submitted' then 'missing_input'
                when n.kind = 'translated' and n.absence is not null then n.absence
                when n.kind = 'rate' and n.base <> 'valuation_rate'
                    then coalesce(n.absence, 'no_fx_rate')
                when n.kind = 'translated' and n.stored_row is not null then 'missing_input'
                -- What is left is of the valuation.
                when not n.is_valued then 'no_valuation'
                when n.kind = 'rate' or n.is_known_of_valuation then 'no_fx_rate'
                else 'missing_input'
            end as reason
        from node as n
    ),

    missing as materialized (
        select
            m.operand,
            (
                array_agg(l.operand order by u.place) filter (where l.value is null and is_needed)
            )[1] as because_of,
            (
                array_agg(l.reason order by u.place) filter (where l.value is null and is_needed)
            )[1] as operand_reason,
            (
                array_agg(l.absence order by u.place) filter (where l.absence is not null)
            )[1] as absence,
            count(distinct l.local_currency) filter (
                where l.kind = 'submitted' and l.unit = 'money'
            ) > 1 as is_mixed,
            bool_or(l.base = 'submitted_cash_burn' and l.value = '0') as is_without_burn,
            bool_or(l.kind = 'metric') as is_of_metrics,
            d.null_reasons
        from plain as m
        inner join company.metric_definition as d on m.base = d.metric
        cross join unnest(m.derived_from) with ordinality as u (operand, place)
        inner join plain as l on u.operand = l.operand
        cross join lateral (
            select strpos(m.expression, 'coalesce(' || l.operand || ',') = 0 as is_needed
        ) as k
        where m.value is null and m.reason is null
        group by m.operand, d.null_reasons
    ),

    told as materialized (
        select
            m.operand,
            m.because_of,
            case
                when m.because_of is not null and not m.is_of_metrics
                    and 'ltm_incomplete' = any(m.null_reasons) then 'ltm_incomplete'
                when m.because_of is not null then m.operand_reason
                when m.absence is not null then m.absence
                when m.is_mixed then 'currency_changed'
                when m.is_without_burn then 'no_burn'
                else (
                    select r.reason
                    from unnest(m.null_reasons) as r (reason)
                    where r.reason in ('zero_denominator', 'negative_base', 'cash_generative')
                )
            end as reason
        from missing as m
    )

    select
        p.operand,
        p.value,
        coalesce(p.reason, t.reason, w.reason),
        t.because_of,
        case
            when p.unit <> 'money' and p.kind <> 'metric' then null
            when p.kind = 'submitted' then p.local_currency
            when p.kind = 'valuation' then p.valuation_currency
            else p_currency
        end,
        p.stored_row,
        p.rate_of
    from plain as p
    left join told as t on p.operand = t.operand
    -- A metric of metrics is missing for the same reason as the first of them.
    left join told as w on t.because_of = w.operand;
end
$$;

comment on function company.explain_values(text, integer, text, text[]) is
'Value of each operand (company.metric_operand) of a quarter, or why it is null and for which of '
'its operands; with its currency, its stored row, and the rates of its quarter when it is one.';
grant execute on function company.explain_values(text, integer, text, text[]) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
