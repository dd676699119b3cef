-- A key is the key of a view of its own name, or a part of its view's own grain: tools join facts
-- to dimensions by equal names, company_id to company_id. (fx_rate names a day, not a view.)
select
    d.view_name || '.' || d.column_name as offender
from bi.dictionary as d
where
    d.unit = 'key'
    and d.column_position > 1
    and not d.column_name = any(string_to_array(d.grain_columns, ', '))
    and not exists (
        select
        from bi.dictionary as k
        where k.column_name = d.column_name and k.is_row_key and k.view_name <> d.view_name
    )
