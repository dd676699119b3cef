-- An entry, once it is complete: it has the lines that it announced, they balance in each currency,
-- and those of a reversal mirror what it takes back. Deferred to the end of the transaction, for
-- lines come after their entry. Lines never come alone: numbers up to line_count are taken, and
-- higher ones are refused (ledger.check_lines), so this looks at every line there ever is.
create or replace function ledger.check_entry()
returns trigger
language plpgsql
volatile
-- Definer: it runs at commit, whoever is then at work, and a check that saw no rows would pass.
security definer
set search_path = ''
as $$
declare
    v_line_count bigint;
    v_difference text;
begin
    select count(*)
    into v_line_count
    from ledger.journal_line as l
    where
        l.fund_id = new.fund_id and l.entry_on = new.entry_on and l.entry_id = new.entry_id;
    if v_line_count <> new.line_count then
        raise exception using
            errcode = 'QB400',
            constraint = 'entry_has_its_lines',
            column = 'lines',
            message = 'The entry has other lines than it says it has.',
            detail = format('%s of %s', v_line_count, new.line_count),
            hint = 'Use ledger.post_entry, which writes an entry with its lines.';
    end if;

    select string_agg(
        format('%s: debit %s, credit %s', b.currency, b.debit, b.credit), '; ' order by b.currency
    )
    into v_difference
    from (
        select
            l.currency,
            sum(l.debit)::numeric(20, 2) as debit,
            sum(l.credit)::numeric(20, 2) as credit
        from ledger.journal_line as l
        where
            l.fund_id = new.fund_id and l.entry_on = new.entry_on and l.entry_id = new.entry_id
        group by l.currency
        having sum(l.debit) <> sum(l.credit)
    ) as b;
    if v_difference is not null then
        raise exception using
            errcode = 'QB400',
            constraint = 'entry_balances_per_currency',
            column = 'lines',
            message = 'Debits and credits differ.',
            detail = v_difference,
            hint = 'They must be equal in each currency, to the cent.';
    end if;

    if
        new.reverses_entry_id is not null
        and exists (
            select
            from (
                select r.line_number, r.account_number, r.partner_id, r.currency, r.debit, r.credit
                from ledger.journal_line as r
                where
                    r.fund_id = new.fund_id
                    and r.entry_on = new.entry_on
                    and r.entry_id = new.entry_id
            ) as r
            full join (
                select o.line_number, o.account_number, o.partner_id, o.currency, o.debit, o.credit
                from ledger.journal_entry as e
                inner join ledger.journal_line as o
                    on e.fund_id = o.fund_id and e.entry_on = o.entry_on and e.entry_id = o.entry_id
                where e.fund_id = new.fund_id and e.entry_id = new.reverses_entry_id
            ) as o on r.line_number = o.line_number
            where
                row(r.account_number, r.partner_id, r.currency, r.debit, r.credit)
                is distinct from
                row(o.account_number, o.partner_id, o.currency, o.credit, o.debit)
        )
    then
        raise exception using
            errcode = 'QB400',
            constraint = 'reversal_mirrors_entry',
            column = 'lines',
            message = 'A reversal has the lines of what it takes back, with the sides changed.',
            hint = 'Use ledger.reverse_entry, which writes them.';
    end if;
    return null;
end
$$;

comment on function ledger.check_entry() is
'Constraint trigger _800_balance on ledger.journal_entry, deferred. Raises QB400 '
'entry_has_its_lines, entry_balances_per_currency, reversal_mirrors_entry.';
