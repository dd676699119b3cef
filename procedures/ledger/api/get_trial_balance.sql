-- GET /v1/funds/{fund_id}/trial-balance: every account on the evening of a day, and per currency
-- the two sums that must be equal.
create or replace function ledger.get_trial_balance(
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
    account as (
        select
            t.account_number,
            t.account_name,
            t.kind,
            t.currency,
            t.total_debit,
            t.total_credit,
            t.debit_balance,
            t.credit_balance
        from ledger.trial_balance(p_fund_id, p_as_of) as t
    )

    select
        200,
        null::text,
        ops.success_body(
            200,
            'Trial balance.',
            json_build_object(
                'fund_id', p_fund_id,
                'as_of', coalesce(p_as_of, ops.today()),
                'accounts', (
                    select coalesce(
                        json_agg(to_json(a) order by a.account_number, a.currency), '[]'
                    )
                    from account as a
                ),
                'totals', (
                    select coalesce(json_agg(to_json(s) order by s.currency), '[]')
                    from (
                        select
                            a.currency,
                            sum(a.debit_balance) as debit_balance,
                            sum(a.credit_balance) as credit_balance
                        from account as a
                        group by a.currency
                    ) as s
                )
            )
        );
end
$$;

comment on function ledger.get_trial_balance(uuid, date) is
'The trial balance of a fund''s books on p_as_of (null: today) as ledger.trial_balance shows it, '
'with its totals by currency. Raises QB404 fund_not_found.';
grant execute on function ledger.get_trial_balance(uuid, date) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
