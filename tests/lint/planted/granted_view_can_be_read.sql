-- finds: company.company_record, qb_editor has no right on company.country.name
-- finds: company.company_record, qb_editor has no right on company.country.common_name
-- finds: bi.calendar, qb_investor has no right on ops.today()
-- finds: bi.calendar, qb_investor has no right on schema bi
-- finds: bi.company, qb_editor has no right on company.country
-- finds: bi.investor, qb_editor has no right on company.country
revoke select on company.country from qb_editor;
grant select (country) on company.country to qb_editor;
grant select on bi.calendar to qb_investor;
revoke execute on function ops.today() from qb_investor;
