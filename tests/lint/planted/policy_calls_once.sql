-- finds: company.company, select_called
-- finds: company.company, select_column
-- finds: company.company, select_table
-- finds: company.company, insert_cast
create function security.visible_planted() returns text[] language sql stable
as 'select null::text[]';
create function security.sees_planted(p_id text) returns boolean language sql stable
as 'select true';
create policy select_called on company.company for select to qb_viewer_scoped
using (company_id = any(security.visible_planted()));
create policy select_column on company.company for select to qb_viewer_scoped
using ((select security.sees_planted(company_id)));
create policy select_table on company.company for select to qb_viewer_scoped
using (exists (select from security.app_user as u where u.user_id = created_by));
create policy insert_cast on company.company for insert to qb_viewer_scoped
with check (lower(company_id) = 'x');
create policy select_good on company.company for select to qb_viewer_scoped
using (company_id = any((select security.visible_planted())::text[]) and not is_archived);
