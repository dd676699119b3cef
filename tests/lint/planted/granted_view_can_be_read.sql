-- finds: company.company_record, qb_editor has no right on fund.fund.name
-- finds: bi.calendar, qb_investor has no right on ops.today()
-- finds: bi.calendar, qb_investor has no right on schema bi
-- finds: bi.company, qb_editor has no right on fund.fund.name
-- finds: bi.fund, qb_editor has no right on fund.fund.name
revoke select on fund.fund from qb_editor;
grant select (fund_id) on fund.fund to qb_editor;
grant select on bi.calendar to qb_investor;
