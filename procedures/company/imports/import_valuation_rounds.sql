-- Takes valuation rounds in bulk. Those already there are left as they are.
create or replace function company.import_valuation_rounds(
    p_rows jsonb
)
returns table (inserted integer, skipped integer)
language sql
volatile
security invoker
set search_path = ''
as $$
    with
    created as (
        insert into company.valuation_round (
            company_id,
            round_on,
            round_name,
            post_money_valuation,
            equity_raised,
            amount_unit,
            currency
        )
        select
            e.company_id,
            e.round_on,
            e.round_name,
            e.post_money_valuation,
            e.equity_raised,
            coalesce(e.amount_unit, 'millions'),
            coalesce(e.currency, c.reporting_currency)
        from jsonb_populate_recordset(null::company.valuation_round, p_rows) as e
        left join company.company as c on e.company_id = c.company_id
        on conflict (company_id, round_on) do nothing
        returning 1 as one
    )

    select
        (select count(*) from created)::integer,
        jsonb_array_length(p_rows) - (select count(*) from created)::integer
$$;

comment on function company.import_valuation_rounds(jsonb) is
'Creates the valuation rounds of an array of objects (company_id, round_on, round_name, '
'post_money_valuation, equity_raised, amount_unit, currency) that are not there yet; returns how '
'many were created and skipped.';
grant execute on function company.import_valuation_rounds(jsonb) to qb_admin, qb_editor;
