-- Currencies in which the companies that a narrowed user or a submitter sees are shown: their own
-- and those that every company is shown in.
create or replace function security.shown_currencies()
returns text[]
-- Plans that are kept for the session: as in security.current_user_id.
language plpgsql
stable
parallel safe
-- Definer: as security.visible_currencies.
security definer
set search_path = ''
as $$
begin
    return security.visible_currencies()
        || array(select c.currency from fx.presentation_currency as c);
end
$$;

comment on function security.shown_currencies() is
'ISO 4217 codes that numbers of companies are shown in that the current, narrowed user or '
'submitter sees.';
grant execute on function security.shown_currencies() to
qb_submitter, qb_editor_scoped, qb_viewer_scoped;
