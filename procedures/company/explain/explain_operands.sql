-- The operands of a quarter's metrics, each as a document: value, period, currency, expression,
-- stored row, the fixings of a rate, and the reason when it is missing.
create or replace function company.explain_operands(
    p_company_id text,
    p_ordinal integer,
    p_currency text,
    p_operands text[]
)
returns table (
    operand text,
    document jsonb
)
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_is_closing boolean := ops.setting_value('fx_flow_rate') = '"closing"';
begin
    return query
    select
        v.operand,
        jsonb_build_object(
            'operand', v.operand,
            'label', o.label,
            'kind', o.kind,
            'unit', o.unit,
            'value', case jsonb_typeof(v.value)
                when 'number' then to_jsonb(trim_scale((v.value #>> '{}')::numeric))
                else v.value
            end,
            'reason', case
                when v.null_reason is not null
                    then jsonb_build_object(
                        'code', v.null_reason, 'message', n.meaning, 'operand', v.because_of
                    )
            end,
            'currency', v.currency,
            'reporting_year', (p_ordinal - o.quarters_before) / 4,
            'reporting_quarter', (p_ordinal - o.quarters_before) % 4 + 1,
            'expression', o.expression,
            'derived_from', o.derived_from,
            'row', v.stored_row,
            'rate', case
                when v.rate_of ->> 'from_currency' is not null
                    then jsonb_build_object(
                        'kind', r.kind,
                        'from_currency', v.rate_of ->> 'from_currency',
                        'to_currency', p_currency,
                        'first_on', r.first_on,
                        'last_on', r.last_on,
                        'fixing_count', case r.kind
                            when 'same_currency' then 0
                            when 'average' then (v.rate_of ->> 'fixing_count')::integer
                            else (r.last_on is not null)::integer
                        end,
                        'method', case
                            when r.kind = 'same_currency' then 'always 1'
                            when r.kind = 'average'
                                then format(
                                    'mean over the %s days of each day''s (%s leg / %s leg), a leg '
                                    'of the base currency being 1; not the quotient of the legs'' '
                                    'means',
                                    coalesce(v.rate_of ->> 'fixing_count', '0'),
                                    p_currency,
                                    v.rate_of ->> 'from_currency'
                                )
                            else format(
                                '%s leg / %s leg of one day, a leg of the base currency being 1',
                                p_currency,
                                v.rate_of ->> 'from_currency'
                            )
                        end,
                        'fixings', case
                            when r.kind = 'same_currency' then '[]'
                            else fx.explain_rate(
                                v.rate_of ->> 'from_currency', p_currency, r.first_on, r.last_on
                            )
                        end
                    )
            end
        )
    from company.explain_values(p_company_id, p_ordinal, p_currency, p_operands) as v
    inner join company.metric_operand as o on v.operand = o.operand
    left join company.null_reason as n on v.null_reason = n.null_reason
    cross join lateral (
        select
            k.kind,
            case k.kind
                when 'average' then (v.rate_of ->> 'first_on')::date
                when 'closing' then k.closing_on
            end as first_on,
            case k.kind
                when 'average' then (v.rate_of ->> 'last_on')::date
                when 'closing' then k.closing_on
            end as last_on
        from (
            select
                case
                    when v.rate_of ->> 'from_currency' = p_currency then 'same_currency'
                    when o.base = 'exchange_rate' and not v_is_closing then 'average'
                    else 'closing'
                end as kind,
                (
                    v.rate_of
                    ->> case o.base when 'valuation_rate' then 'valuation_on' else 'closing_on' end
                )::date as closing_on
        ) as k
    ) as r;
end
$$;

comment on function company.explain_operands(text, integer, text, text[]) is
'Each operand (company.metric_operand) of a quarter with the document that explains it.';
grant execute on function company.explain_operands(text, integer, text, text[]) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
