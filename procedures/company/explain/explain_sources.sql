-- What the operands of a company's quarter are read from: the quarter and those before it that a
-- formula reads, each with its submission, its stored rows in one currency, its valuation and its
-- rates. A quarter that was not reported, or has no row in the currency, says why (absence).
-- PL/pgSQL keeps its plan.
create or replace function company.explain_sources(
    p_company_id text,
    p_ordinal integer,
    p_currency text,
    p_quarters_before integer[]
)
returns table (
    quarters_before integer,
    absence text,
    local_currency text,
    valuation_currency text,
    fiscal_reporting_date date,
    submitted jsonb,
    translated jsonb,
    metrics jsonb,
    valuation jsonb,
    rates jsonb,
    conventions jsonb,
    input_row jsonb,
    valuation_row jsonb,
    company_row jsonb
)
language plpgsql
stable
security invoker
set search_path = ''
as $$
begin
    return query
    select
        b.back,
        case
            when i.id is null and b.back <= 3 then 'missing_prior_quarter'
            when i.id is null then 'missing_prior_year_quarter'
            when f.company_id is not null then null
            when
                p_currency = i.currency
                or p_currency in (select p.currency from fx.presentation_currency as p)
                then 'no_fx_rate'
            else 'currency_changed'
        end,
        i.currency,
        q.valuation_currency,
        i.fiscal_reporting_date,
        to_jsonb(i),
        to_jsonb(f) || jsonb_build_object(
            'post_money_valuation', t.post_money_valuation,
            'equity_raised', t.equity_raised
        ),
        to_jsonb(m),
        case
            when q.uses_rounds
                then jsonb_build_object(
                    'post_money_valuation', w.post_money_valuation,
                    'equity_raised', w.equity_raised
                )
            else
                jsonb_build_object(
                    'post_money_valuation', c.post_money_valuation,
                    'equity_raised', c.equity_raised
                )
        end,
        jsonb_build_object(
            'exchange_rate', r.flow_rate,
            'closing_rate', r.closing_rate,
            'valuation_rate', v.closing_rate,
            'fixing_count', r.fixing_count,
            'first_on', r.quarter_start_on,
            'closing_on', r.closing_on,
            'valuation_on', v.closing_on
        ),
        jsonb_build_object(
            'burn_sign', case c.burn_sign when 'positive_is_burn' then -1 else 1 end,
            'valuation_unit', case
                when q.valuation_currency is null then null
                when coalesce(w.amount_unit, c.amount_unit) = 'millions' then 1000000
                else 1
            end
        ),
        case
            when i.id is not null
                then company.explain_row(
                    'company.metrics_input', i.id::text, i.row_version,
                    i.created_date, i.created_by, i.last_update_date, i.last_updated_by
                )
        end,
        case
            when w.company_id is not null
                then company.explain_row(
                    'company.valuation_round', w.valuation_round_id::text, w.row_version,
                    w.created_date, w.created_by, w.last_update_date, w.last_updated_by
                )
            when not q.uses_rounds then o.company_row
        end,
        o.company_row
    from company.company as c
    cross join lateral (
        select
            company.explain_row(
                'company.company', c.company_id, c.row_version,
                c.created_date, c.created_by, c.last_update_date, c.last_updated_by
            ) as company_row
        offset 0
    ) as o
    cross join (
        select
            g.back,
            (p_ordinal - g.back) / 4 as year,
            (p_ordinal - g.back) % 4 + 1 as quarter
        from unnest(p_quarters_before) as g (back)
    ) as b
    left join company.metrics_input as i
        on
            c.company_id = i.company_id
            and b.year = i.reporting_year
            and b.quarter = i.reporting_quarter
    left join company.quarterly_reporting_financials as f
        on
            c.company_id = f.company_id
            and b.year = f.reporting_year
            and b.quarter = f.reporting_quarter
            and p_currency = f.currency
    left join company.quarterly_reporting_metrics as m
        on
            c.company_id = m.company_id
            and b.year = m.reporting_year
            and b.quarter = m.reporting_quarter
            and p_currency = m.currency
    left join company.valued_quarter as q
        on
            c.company_id = q.company_id
            and b.year = q.reporting_year
            and b.quarter = q.reporting_quarter
    left join company.valuation_round as w
        on q.company_id = w.company_id and q.valuation_round_id = w.valuation_round_id
    left join company.translated_quarter as t
        on
            c.company_id = t.company_id
            and b.year = t.reporting_year
            and b.quarter = t.reporting_quarter
            and p_currency = t.currency
    left join fx.quarter_rate as r
        on
            i.currency = r.from_currency
            and i.fiscal_reporting_date = r.quarter_end_on
            and p_currency = r.to_currency
    left join fx.quarter_rate as v
        on
            q.valuation_currency = v.from_currency
            and i.fiscal_reporting_date = v.quarter_end_on
            and p_currency = v.to_currency
    where c.company_id = p_company_id;
end
$$;

comment on function company.explain_sources(text, integer, text, integer[]) is
'One row for each of the quarters that many before the ordinal (year * 4 + quarter - 1): '
'submission, stored financials and metrics in p_currency, valuation and rates, or why there are '
'none.';
grant execute on function company.explain_sources(text, integer, text, integer[]) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
