-- The one definition of which companies a narrowed user or a submitter sees: those of the user's
-- funds, and those given one by one. Row security asks it once a statement.
create or replace function security.visible_companies()
returns text[]
language sql
stable
-- Definer: the companies of a fund are read past the row security that asks.
security definer
set search_path = ''
as $$
    select
        security.visible_single_companies()
        || coalesce(
            (
                select array_agg(c.company_id)
                from company.company as c
                where c.fund_id = any((select security.visible_funds())::uuid[])
            ),
            '{}'
        )
$$;

comment on function security.visible_companies() is
'company_id of every company the current, narrowed user or submitter sees; empty for everybody '
'else.';
grant execute on function security.visible_companies() to
qb_submitter, qb_editor_scoped, qb_viewer_scoped;
