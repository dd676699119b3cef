-- Every amount of a row is in one currency, which the row names: as a part of the grain where
-- numbers are shown in several, so that nobody adds dollars to euros. The column's comment says so.
select
    d.view_name || '.' || d.column_name as offender,
    case
        when c.columns is null then 'no currency column'
        when d.description !~* 'currency' then 'comment'
        else 'currency is not in the grain'
    end as finding
from bi.dictionary as d
left join lateral (
    select string_agg(k.column_name, ', ') as columns
    from bi.dictionary as k
    where k.view_name = d.view_name and k.column_name ~ '^([a-z_]+_)?currency$'
) as c on true
where
    d.unit = 'money'
    and (
        c.columns is null
        or d.description !~* 'currency'
        or (
            d.grain_columns ~ '(calendar_quarter|_date)\M'
            and d.grain_columns !~ '\mcurrency\M'
            -- Submitted in one currency, and shown in no other.
            and d.view_description !~ 'as submitted'
        )
    )
