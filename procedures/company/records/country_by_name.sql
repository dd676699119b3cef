-- A country by its ISO 3166-1 code (two or three letters) or by one of its names, case aside.
create or replace function company.country_by_name(
    p_country text
)
returns text
language sql
stable
security invoker
set search_path = ''
as $$
    select c.country
    from company.country as c
    where
        upper(btrim(p_country)) in (c.country, c.alpha3)
        or lower(btrim(p_country)) in (
            lower(c.name), lower(c.official_name), lower(c.common_name)
        )
$$;

comment on function company.country_by_name(text) is
'ISO 3166-1 alpha-2 code of a country given by code or name; null when unknown.';
grant execute on function company.country_by_name(text) to qb_admin, qb_editor, qb_editor_scoped;
