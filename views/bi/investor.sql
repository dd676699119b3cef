-- Investors for BI tools, whatever funds they are partners of. Personal data of the people to write
-- to is not published.
create or replace view bi.investor
with (security_invoker = true)
as
select
    i.investor_id::text as investor_id,
    i.investor_code,
    i.name as investor,
    i.investor_type,
    i.country as country_code,
    coalesce(l.common_name, l.name) as country
from fund.investor as i
left join company.country as l on i.country = l.country;

comment on view bi.investor is
'One row per investor: investor_id. A narrowed reader sees the partners of funds that he sees '
'whole.';
comment on column bi.investor.investor_id is 'Key of the investor, as text. [key; attribute]';
comment on column bi.investor.investor_code is
'Short name of the investor, such as LP-03. [text; attribute]';
comment on column bi.investor.investor is 'Name of the investor. [text; attribute]';
comment on column bi.investor.investor_type is
'Type of investor, such as pension_fund. [text; attribute]';
comment on column bi.investor.country_code is
'ISO 3166-1 alpha-2 code of the country; null when not given. [text; attribute]';
comment on column bi.investor.country is
'Name of the country; null when not given. [text; attribute]';
grant select on bi.investor to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
