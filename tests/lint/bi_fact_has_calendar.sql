-- A fact, which is a bi view with a period in its grain and something to measure, has the day its
-- period ends as a date, and year, quarter, label and sortable quarter of the same names as
-- bi.calendar.
select
    f.view_name as offender,
    w.name as finding
from (
    select
        d.view_name,
        d.grain_columns
    from bi.dictionary as d
    where d.additivity <> 'attribute' and d.grain_columns ~ '(calendar_quarter|_date)\M'
    group by d.view_name, d.grain_columns
) as f
cross join (
    values
    ('[a-z_]+_date', 'date'),
    ('calendar_year', 'integer'),
    ('calendar_quarter', 'integer'),
    ('quarter_label', 'text'),
    ('quarter_sort', 'integer')
) as w (name, data_type)
where not exists (
    select
    from bi.dictionary as d
    where
        d.view_name = f.view_name
        and d.column_name ~ ('^' || w.name || '$')
        and d.data_type = w.data_type
)
