-- GET /v1/funds/{fund_id}/capital-calls/{call_id}: a call, what stands of it for each partner, and
-- every leg that led there.
create or replace function fund.get_capital_call(
    p_fund_id uuid,
    p_call_id uuid
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
            'Capital call.',
            to_jsonb(c)::json
        )
    from (
        select
            r.*,
            (
                select coalesce(jsonb_agg(to_jsonb(s) order by s.investor_code), '[]')
                from (
                    select
                        l.investor_id,
                        l.investor_code,
                        l.investor,
                        sum(l.capital_amount) = 0
                        and sum(fund.excuse_sign(l.is_excused, l.reason)) > 0 as is_excused,
                        sum(l.capital_amount) as capital_amount,
                        sum(l.fee_amount) as fee_amount,
                        sum(l.capital_amount + l.fee_amount) as called_amount,
                        p.amount as paid_amount,
                        sum(l.capital_amount + l.fee_amount) - p.amount as open_amount
                    from fund.capital_call_line_record as l
                    cross join lateral (
                        select coalesce(sum(x.amount), 0)::numeric(20, 2) as amount
                        from fund.payment_line as x
                        where
                            x.fund_id = l.fund_id
                            and x.call_id = l.call_id
                            and x.investor_id = l.investor_id
                    ) as p
                    where l.fund_id = r.fund_id and l.call_id = r.call_id
                    group by l.investor_id, l.investor_code, l.investor, p.amount
                ) as s
            ) as partners,
            (
                select coalesce(
                    jsonb_agg(
                        to_jsonb(l) - 'fund_id' - 'call_id'
                        order by l.event_on, l.event_id, l.line_number
                    ),
                    '[]'
                )
                from fund.capital_call_line_record as l
                where l.fund_id = r.fund_id and l.call_id = r.call_id
            ) as lines
        from fund.capital_call_record as r
        where r.fund_id = p_fund_id and r.call_id = p_call_id
    ) as c;
    if not found then
        raise exception using
            errcode = 'QB404',
            constraint = 'call_not_found',
            column = 'call_id',
            message = 'The fund has no such capital call.',
            hint = 'GET /v1/funds/{id}/capital-calls lists its calls.';
    end if;
end
$$;

comment on function fund.get_capital_call(uuid, uuid) is
'One capital call: its record, partners (what is called, paid and open of each) and lines (every '
'leg), of the partners that the reader sees. Raises QB404 fund_not_found, call_not_found.';
grant execute on function fund.get_capital_call(uuid, uuid) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped, qb_investor;
