-- GET /v1/funds/{fund_id}/terms/{valid_from}: one version of the fund's terms.
create or replace function fund.get_terms(
    p_fund_id uuid,
    p_valid_from date
)
returns table (status integer, etag text, body text)
language sql
stable
security invoker
set search_path = ''
as $$
    select
        a.status,
        a.etag,
        a.body
    from fund.terms_answer(p_fund_id, p_valid_from, 200, 'Terms.') as a
$$;

comment on function fund.get_terms(uuid, date) is
'The version of a fund''s terms that begins on p_valid_from, with its ETag. Raises QB404 '
'terms_not_found.';
grant execute on function fund.get_terms(uuid, date) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
