-- GET /v1/funds/{fund_id}/partners-capital: the capital account of each partner on the evening of a
-- day, and net asset value, which they add up to with what is allocated to nobody yet.
create or replace function ledger.get_partners_capital(
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
    with
    line as (
        select
            c.partner_id,
            i.investor_code,
            i.name as investor,
            c.account_number,
            c.account_name,
            c.currency,
            c.amount
        from ledger.partners_capital(p_fund_id, p_as_of) as c
        left join fund.investor as i on c.partner_id = i.investor_id
    )

    select
        200,
        null::text,
        ops.success_body(
            200,
            'Partners'' capital.',
            json_build_object(
                'fund_id', p_fund_id,
                'as_of', coalesce(p_as_of, ops.today()),
                'partners', (
                    select coalesce(
                        json_agg(to_json(p) order by p.investor_code, p.partner_id, p.currency),
                        '[]'
                    )
                    from (
                        select
                            l.partner_id,
                            l.investor_code,
                            l.investor,
                            l.currency,
                            sum(l.amount) as capital_amount,
                            json_agg(
                                json_build_object(
                                    'account_number', l.account_number,
                                    'account_name', l.account_name,
                                    'amount', l.amount
                                )
                                order by l.account_number
                            ) as accounts
                        from line as l
                        group by l.partner_id, l.investor_code, l.investor, l.currency
                    ) as p
                ),
                'totals', (
                    select coalesce(json_agg(to_json(s) order by s.currency), '[]')
                    from (
                        select
                            l.currency,
                            sum(l.amount) as net_asset_value
                        from line as l
                        group by l.currency
                    ) as s
                )
            )
        );
end
$$;

comment on function ledger.get_partners_capital(uuid, date) is
'The capital accounts of a fund''s partners on p_as_of (null: today) as ledger.partners_capital '
'shows them, one partner and currency a record (null partner_id: allocated to nobody yet), and net '
'asset value by currency. Raises QB404 fund_not_found.';
grant execute on function ledger.get_partners_capital(uuid, date) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
