-- A column that goes stays one release, and says what to use instead: "Deprecated: use fund. …"
select
    d.view_name || '.' || d.column_name as offender,
    d.description as finding
from bi.dictionary as d
where
    d.description ~* 'deprecated'
    and not exists (
        select
        from bi.dictionary as k
        where
            k.view_name = d.view_name
            and k.column_name <> d.column_name
            and k.description !~* 'deprecated'
            and k.column_name = substring(d.description from '^Deprecated: use ([a-z0-9_]+)\.')
    )
