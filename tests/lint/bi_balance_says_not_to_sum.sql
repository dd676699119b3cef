-- A balance of a quarter, and a count of companies, says in words that quarters of it are not to be
-- added: few tools know semi-additive columns.
select
    d.view_name || '.' || d.column_name as offender,
    d.description as finding
from bi.dictionary as d
where
    d.additivity = 'semi-additive'
    and d.grain_columns ~ '(calendar_quarter|_date)\M'
    and d.description !~* 'do not sum over time'
