-- The field of a request that says the day of its event in the books.
create or replace function fund._day_field(
    p_kind text
)
returns text
language sql
immutable
security invoker
set search_path = ''
as $$
    select
        case p_kind
            when 'close' then 'closed_on'
            when 'transfer' then 'transferred_on'
            when 'capital_call' then 'notice_on'
            when 'payment' then 'received_on'
            when 'default' then 'declared_on'
            when 'distribution' then 'declared_on'
            when 'fee_adjustment' then 'from_on'
            when 'fee_payment' then 'paid_on'
            when 'nav' then 'as_of'
        end
$$;

comment on function fund._day_field(text) is
'Name of the field that says the day of an event of p_kind; null for a management fee and a '
'reversal, whose days are reckoned.';
