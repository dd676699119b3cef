-- A company that goes takes with it that it was given to somebody.
create or replace function security.forget_company()
returns trigger
language plpgsql
volatile
-- Definer: an editor who deletes a company has no rights on scopes.
security definer
set search_path = ''
as $$
begin
    delete from security.user_company as s where s.company_id = old.company_id;
    return old;
end
$$;

comment on function security.forget_company() is
'Trigger _150_forget on company.company: nobody is narrowed to a company that is gone.';
