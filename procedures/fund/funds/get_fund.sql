-- GET /v1/funds/{fund_id}: one fund.
create or replace function fund.get_fund(
    p_fund_id uuid
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
    from fund.fund_answer(p_fund_id, 200, 'Fund.') as a
$$;

comment on function fund.get_fund(uuid) is
'One fund with its ETag; an investor is told nothing of its books. Raises QB404 fund_not_found.';
grant execute on function fund.get_fund(uuid) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped, qb_investor;
