-- The first column of a bi view names the row by itself: tools that join and test by one column use
-- it. A grain of several columns has a text key before them.
select
    d.view_name as offender,
    d.column_name as finding
from bi.dictionary as d
where
    d.column_position = 1
    and d.column_name is distinct from d.grain_columns
    and not (d.column_name ~ '_key$' and d.data_type = 'text' and d.grain_columns ~ ',')
