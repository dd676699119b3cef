-- The lines of an entry as they were sent, numbered in their order; what is not sent is 0 or null.
create or replace function ledger.read_lines(
    p_entry jsonb
)
returns table (
    line_number integer,
    account_number text,
    partner_id uuid,
    currency text,
    debit numeric,
    credit numeric
)
language sql
immutable
security invoker
set search_path = ''
as $$
    select
        x.line_number::integer,
        x.account,
        x.partner_id,
        x.currency,
        coalesce(x.debit, 0),
        coalesce(x.credit, 0)
    from rows from (
        jsonb_to_recordset(p_entry -> 'lines') as (
            account text, partner_id uuid, currency text, debit numeric, credit numeric
        )
    ) with ordinality as x (account, partner_id, currency, debit, credit, line_number)
$$;

comment on function ledger.read_lines(jsonb) is
'Rows of the key lines of an entry: account, partner_id, currency, debit, credit. Raises class 22 '
'where a value is not of its type.';
grant execute on function ledger.read_lines(jsonb) to qb_admin, qb_editor, qb_editor_scoped;
