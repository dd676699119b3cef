-- GET /v1/funds/{fund_id}/balance-sheet: what the fund has, owes and is worth to its partners on
-- the evening of a day.
create or replace function ledger.get_balance_sheet(
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
            b.section,
            b.account_number,
            b.account_name,
            b.currency,
            b.amount
        from ledger.balance_sheet(p_fund_id, p_as_of) as b
    )

    select
        200,
        null::text,
        ops.success_body(
            200,
            'Balance sheet.',
            json_build_object(
                'fund_id', p_fund_id,
                'as_of', coalesce(p_as_of, ops.today()),
                'accounts', (
                    select coalesce(
                        json_agg(
                            to_json(l)
                            order by
                                array_position(array['asset', 'liability', 'equity'], l.section),
                                l.account_number,
                                l.currency
                        ),
                        '[]'
                    )
                    from line as l
                ),
                'totals', (
                    select coalesce(json_agg(to_json(s) order by s.currency), '[]')
                    from (
                        select
                            l.currency,
                            coalesce(
                                sum(l.amount) filter (where l.section = 'asset'), 0.00
                            ) as asset_amount,
                            coalesce(
                                sum(l.amount) filter (where l.section = 'liability'), 0.00
                            ) as liability_amount,
                            coalesce(
                                sum(l.amount) filter (where l.section = 'equity'), 0.00
                            ) as equity_amount
                        from line as l
                        group by l.currency
                    ) as s
                )
            )
        );
end
$$;

comment on function ledger.get_balance_sheet(uuid, date) is
'The balance sheet of a fund on p_as_of (null: today) as ledger.balance_sheet shows it, with the '
'totals of its sections by currency: assets equal liabilities plus equity. Raises QB404 '
'fund_not_found.';
grant execute on function ledger.get_balance_sheet(uuid, date) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
