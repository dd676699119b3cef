-- Locks a company's row for somebody who may change what belongs to the company, but not itself: a
-- submitter. The caller has seen the company under row security.
create or replace function company.hold_company(
    p_company_id text
)
returns void
language sql
volatile
-- Definer: locking a row asks for the right to update it.
security definer
set search_path = ''
as $$
    select
    from company.company as c
    where c.company_id = p_company_id
    for update
$$;

comment on function company.hold_company(text) is
'Locks the company''s row until commit; nothing when there is none. See company.lock_company.';
grant execute on function company.hold_company(text) to
qb_admin, qb_editor, qb_submitter, qb_editor_scoped;
