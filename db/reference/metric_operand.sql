-- What the expressions of metrics are written in, down to what was submitted. An operand is defined
-- once, for the explained quarter; its rows for the quarters before follow from the expressions
-- that read them: total_revenue_p4 is total_revenue of four quarters before. Repeatable: the
-- definitions belong to the platform.
with recursive
base (base, label, unit, kind, expression, sort_order) as (
    select
        d.metric,
        d.label,
        d.unit,
        'metric',
        d.expression,
        d.sort_order
    from company.metric_definition as d
    union all
    values
    (
        'total_revenue',
        'Total revenue',
        'money',
        'translated',
        'round(submitted_total_revenue * exchange_rate, 6)',
        1000
    ),
    (
        'recurring_revenue',
        'Recurring revenue',
        'money',
        'translated',
        'round(submitted_recurring_revenue * exchange_rate, 6)',
        1010
    ),
    (
        'gross_profit',
        'Gross profit',
        'money',
        'translated',
        'round(submitted_gross_profit * exchange_rate, 6)',
        1020
    ),
    (
        'sales_marketing_expense',
        'Sales and marketing expense',
        'money',
        'translated',
        'round(submitted_sales_marketing_expense * exchange_rate, 6)',
        1030
    ),
    (
        'total_operating_expense',
        'Total operating expense',
        'money',
        'translated',
        'round(submitted_total_operating_expense * exchange_rate, 6)',
        1040
    ),
    (
        'ebitda',
        'EBITDA',
        'money',
        'translated',
        'round(submitted_ebitda * exchange_rate, 6)',
        1050
    ),
    (
        'net_income',
        'Net income',
        'money',
        'translated',
        'round(submitted_net_income * exchange_rate, 6)',
        1060
    ),
    (
        'cash_burn',
        'Cash burn, outflow negative',
        'money',
        'translated',
        'round(submitted_cash_burn * burn_sign * exchange_rate, 6)',
        1070
    ),
    (
        'cash_balance',
        'Cash balance',
        'money',
        'translated',
        'round(submitted_cash_balance * closing_rate, 6)',
        1080
    ),
    (
        'debt_outstanding',
        'Debt outstanding',
        'money',
        'translated',
        'round(submitted_debt_outstanding * closing_rate, 6)',
        1090
    ),
    (
        'post_money_valuation',
        'Post-money valuation',
        'money',
        'translated',
        'round(submitted_post_money_valuation * valuation_unit * valuation_rate, 6)',
        1100
    ),
    (
        'equity_raised',
        'Equity raised to date',
        'money',
        'translated',
        'round(submitted_equity_raised * valuation_unit * valuation_rate, 6)',
        1110
    ),
    (
        'submitted_total_revenue',
        'Total revenue, as submitted',
        'money',
        'submitted',
        null,
        1120
    ),
    (
        'submitted_recurring_revenue',
        'Recurring revenue, as submitted',
        'money',
        'submitted',
        null,
        1130
    ),
    ('submitted_gross_profit', 'Gross profit, as submitted', 'money', 'submitted', null, 1140),
    (
        'submitted_sales_marketing_expense',
        'Sales and marketing expense, as submitted',
        'money',
        'submitted',
        null,
        1150
    ),
    (
        'submitted_total_operating_expense',
        'Total operating expense, as submitted',
        'money',
        'submitted',
        null,
        1160
    ),
    ('submitted_ebitda', 'EBITDA, as submitted', 'money', 'submitted', null, 1170),
    ('submitted_net_income', 'Net income, as submitted', 'money', 'submitted', null, 1180),
    ('submitted_cash_burn', 'Cash burn, as submitted', 'money', 'submitted', null, 1190),
    ('submitted_cash_balance', 'Cash balance, as submitted', 'money', 'submitted', null, 1200),
    (
        'submitted_debt_outstanding',
        'Debt outstanding, as submitted',
        'money',
        'submitted',
        null,
        1210
    ),
    ('employees', 'Employees at the quarter''s end', 'count', 'submitted', null, 1220),
    (
        'submitted_post_money_valuation',
        'Post-money valuation, as submitted',
        'money',
        'valuation',
        null,
        1230
    ),
    (
        'submitted_equity_raised',
        'Equity raised to date, as submitted',
        'money',
        'valuation',
        null,
        1240
    ),
    ('exchange_rate', 'Rate of flows', 'rate', 'rate', null, 1250),
    ('closing_rate', 'Rate of balances', 'rate', 'rate', null, 1260),
    ('valuation_rate', 'Rate of the valuation', 'rate', 'rate', null, 1270),
    (
        'valuation_unit',
        'Currency units in one of the valuation''s amounts',
        'factor',
        'convention',
        null,
        1280
    ),
    ('burn_sign', 'Sign that makes an outflow negative', 'factor', 'convention', null, 1290)
),

-- The words of each expression: which base they name, and of how many quarters before.
word as (
    select
        b.base,
        t.position,
        t.parts[1] as text,
        regexp_replace(t.parts[1], '_p[1-7]$', '') as operand_base,
        coalesce(substring(t.parts[1] from '_p([1-7])$')::integer, 0) as quarters_before
    from base as b
    cross join lateral regexp_matches(
        b.expression, '[a-z][a-z0-9_]*|[^a-z]+', 'g'
    ) with ordinality as t (parts, position)
),

-- Every base with the quarters it is read of: the metrics of this quarter, and what they reach.
reached as (
    select
        d.metric as base,
        0 as quarters_before
    from company.metric_definition as d
    union
    select
        o.base,
        r.quarters_before + w.quarters_before
    from reached as r
    inner join word as w on r.base = w.base
    inner join base as o on w.operand_base = o.base
),

-- The expression of each, as seen from the explained quarter.
written as (
    select
        r.base,
        r.quarters_before,
        string_agg(
            case
                when o.base is null then w.text
                else company.operand_name(o.base, r.quarters_before + w.quarters_before)
            end,
            '' order by w.position
        ) as expression,
        array_agg(
            company.operand_name(o.base, r.quarters_before + w.quarters_before)
            order by w.position
        ) filter (where o.base is not null) as derived_from
    from reached as r
    inner join word as w on r.base = w.base
    left join base as o on w.operand_base = o.base
    group by r.base, r.quarters_before
),

defined as (
    select
        company.operand_name(r.base, r.quarters_before) as operand,
        r.base,
        r.quarters_before,
        b.label,
        b.unit,
        b.kind,
        w.expression,
        coalesce(w.derived_from, '{}') as derived_from,
        b.sort_order
    from reached as r
    inner join base as b on r.base = b.base
    left join written as w on r.base = w.base and r.quarters_before = w.quarters_before
),

forgotten as (
    delete from company.metric_operand as m
    where not exists (select from defined as d where d.operand = m.operand)
)

insert into company.metric_operand as m (
    operand,
    base,
    quarters_before,
    label,
    unit,
    kind,
    expression,
    derived_from,
    sort_order
)
select
    d.operand,
    d.base,
    d.quarters_before,
    d.label,
    d.unit,
    d.kind,
    d.expression,
    d.derived_from,
    d.sort_order
from defined as d
on conflict (operand) do update
    set
        base = excluded.base,
        quarters_before = excluded.quarters_before,
        label = excluded.label,
        unit = excluded.unit,
        kind = excluded.kind,
        expression = excluded.expression,
        derived_from = excluded.derived_from,
        sort_order = excluded.sort_order
    where m.* is distinct from excluded.*;
