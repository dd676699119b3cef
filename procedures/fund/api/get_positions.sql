-- GET /v1/funds/{fund_id}/positions: how each partner that the reader sees stands on the evening of
-- a day.
create or replace function fund.get_positions(
    p_fund_id uuid,
    p_as_of date default null
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
        ops.success_body(
            200,
            'Positions.',
            json_build_object(
                'fund_id', p_fund_id,
                'as_of', coalesce(p_as_of, ops.today()),
                'currency', f.currency,
                'positions', (
                    select coalesce(
                        json_agg(
                            (
                                to_jsonb(p) || jsonb_build_object('investor', i.name)
                            )
                            order by p.investor_code collate "C"
                        ),
                        '[]'
                    )
                    from fund.positions(p_fund_id, p_as_of) as p
                    inner join fund.investor as i on p.investor_id = i.investor_id
                )
            )
        )
    from fund.fund as f
    where f.fund_id = p_fund_id;
end
$$;

comment on function fund.get_positions(uuid, date) is
'Where each partner of a fund stands on p_as_of (null: today), as fund.positions tells it; an '
'investor gets its own. Raises QB404 fund_not_found, what fund.positions raises.';
grant execute on function fund.get_positions(uuid, date) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped, qb_investor;
