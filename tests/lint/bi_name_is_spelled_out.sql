-- Words, not abbreviations: analysts and tools guess from names. The terms of the field (arr, ltm,
-- ebitda, ev, fte, yoy, fx) are words to those who read them.
select
    d.view_name || '.' || d.column_name as offender,
    w.word as finding
from bi.dictionary as d
cross join lateral regexp_split_to_table(d.view_name || '_' || d.column_name, '_') as w (word)
where
    w.word in (
        'acct', 'amt', 'avg', 'cal', 'ccy', 'cnt', 'co', 'comp', 'curr', 'cust', 'dept', 'desc',
        'dt', 'emp', 'exch', 'exp', 'fin', 'fisc', 'fy', 'gp', 'hc', 'inv', 'mth', 'nbr', 'no',
        'num', 'opex', 'pct', 'pf', 'port', 'prev', 'pq', 'py', 'qtd', 'qtr', 'qty', 'rev', 'rpt',
        'sm', 'src', 'tot', 'ts', 'txn', 'val', 'yr', 'ytd'
    )
    -- no_fx_rate is the reason by which the missing rate is known everywhere.
    and d.column_name !~ '^no_fx_rate_'
