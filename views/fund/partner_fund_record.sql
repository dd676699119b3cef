-- A fund as the API answers it to its investors: nothing of its books, and of who keeps it only
-- that the firm does.
create or replace view fund.partner_fund_record
with (security_invoker = true)
as
select
    f.fund_id,
    f.name,
    f.currency,
    f.vintage_year,
    f.status,
    null::date as books_first_on,
    null::integer as books_period_months,
    null::text as receivable_as,
    f.created_date,
    'The firm' as created_by,
    f.last_update_date,
    case when f.last_updated_by is not null then 'The firm' end as last_updated_by,
    f.row_version
from fund.fund as f;

comment on view fund.partner_fund_record is
'One row per fund that the reader is a partner of, in the keys of GET /v1/funds.';
grant select on fund.partner_fund_record to qb_investor;
