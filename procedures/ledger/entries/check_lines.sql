-- What the lines of an entry owe to their entry and their accounts. (That they add up is looked at
-- when the entry is complete: ledger.check_entry.)
create or replace function ledger.check_lines()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_offender record;
begin
    select
        n.line_number,
        n.line_number > e.line_count as is_additional,
        n.partner_id,
        a.account_number,
        a.name,
        a.takes_partner,
        a.is_active
    into v_offender
    from new_rows as n
    inner join ledger.journal_entry as e on n.fund_id = e.fund_id and n.entry_id = e.entry_id
    inner join ledger.account as a
        on n.fund_id = a.fund_id and n.account_number = a.account_number
    where
        n.line_number > e.line_count
        or a.takes_partner <> (n.partner_id is not null)
        -- What an account took while it was active can be taken back.
        or (not a.is_active and e.reverses_entry_id is null)
    order by n.line_number
    limit 1;

    if not found then
        return null;
    elsif v_offender.is_additional then
        raise exception using
            errcode = 'QB409',
            constraint = 'posted_entry_is_immutable',
            column = 'line_number',
            message = 'The entry has all the lines that it says it has.',
            detail = format('Line %s is one more.', v_offender.line_number),
            hint = 'Post another entry, or reverse this one with ledger.reverse_entry.';
    elsif v_offender.takes_partner <> (v_offender.partner_id is not null) then
        raise exception using
            errcode = 'QB400',
            constraint = 'account_takes_partner',
            column = 'partner_id',
            message = case
                when v_offender.takes_partner then 'A line of this account names a partner.'
                else 'A line of this account names no partner.'
            end,
            detail = format(
                'Line %s: %s %s', v_offender.line_number, v_offender.account_number, v_offender.name
            ),
            hint = 'Send partner_id on accounts with a sub-ledger (takes_partner), and no others.';
    end if;
    raise exception using
        errcode = 'QB400',
        constraint = 'account_is_active',
        column = 'account',
        message = 'The account takes no new entries.',
        detail = format(
            'Line %s: %s %s', v_offender.line_number, v_offender.account_number, v_offender.name
        ),
        hint = 'Use the account that replaced it, or set is_active again.';
end
$$;

comment on function ledger.check_lines() is
'Trigger _300_check on ledger.journal_line. Raises QB400 account_takes_partner, account_is_active, '
'QB409 posted_entry_is_immutable.';
