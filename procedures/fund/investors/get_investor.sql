-- GET /v1/investors/{investor_id}: one investor.
create or replace function fund.get_investor(
    p_investor_id uuid
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
    from fund.investor_answer(p_investor_id, 200, 'Investor.') as a
$$;

comment on function fund.get_investor(uuid) is
'One investor with its funds, as far as the caller sees them, and its ETag. Raises QB404 '
'investor_not_found.';
grant execute on function fund.get_investor(uuid) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped, qb_investor;
