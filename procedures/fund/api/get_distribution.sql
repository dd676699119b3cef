-- GET /v1/funds/{fund_id}/distributions/{distribution_id}: a distribution and every leg of it.
create or replace function fund.get_distribution(
    p_fund_id uuid,
    p_distribution_id uuid
)
returns table (status integer, etag text, body text)
language plpgsql
stable
security invoker
set search_path = ''
as $$
begin
    perform fund.require_fund(p_fund_id);
    return query
    select
        200,
        null::text,
        ops.success_body(200, 'Distribution.', to_jsonb(d)::json)
    from (
        select
            r.*,
            (
                select coalesce(
                    jsonb_agg(
                        to_jsonb(l) - 'fund_id' - 'distribution_id'
                        order by l.event_on, l.event_id, l.line_number
                    ),
                    '[]'
                )
                from fund.distribution_line_record as l
                where l.fund_id = r.fund_id and l.distribution_id = r.distribution_id
            ) as lines
        from fund.distribution_record as r
        where r.fund_id = p_fund_id and r.distribution_id = p_distribution_id
    ) as d;
    if not found then
        raise exception using
            errcode = 'QB404',
            constraint = 'distribution_not_found',
            column = 'distribution_id',
            message = 'The fund has no such distribution.',
            hint = 'GET /v1/funds/{id}/distributions lists its distributions.';
    end if;
end
$$;

comment on function fund.get_distribution(uuid, uuid) is
'One distribution: its record and lines (every leg), of the partners that the reader sees. Raises '
'QB404 fund_not_found, distribution_not_found.';
grant execute on function fund.get_distribution(uuid, uuid) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped, qb_investor;
