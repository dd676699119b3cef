-- Every account of the funds' books at the end of every period, for BI tools.
create or replace view bi.trial_balance
with (security_invoker = true)
as
select
    format('%s:%s:%s:%s', b.fund_id, b.account_number, b.last_on, b.currency) as trial_balance_key,
    f.fund_id::text as fund_id,
    f.name as fund,
    b.account_number,
    a.name as account_name,
    a.kind as account_kind,
    b.first_on as period_start_date,
    b.last_on as period_end_date,
    extract(year from b.last_on)::integer as calendar_year,
    extract(quarter from b.last_on)::integer as calendar_quarter,
    to_char(b.last_on, '"Q"Q YYYY') as quarter_label,
    to_char(b.last_on, 'YYYYQ')::integer as quarter_sort,
    b.is_closed,
    b.currency,
    b.debit::numeric(20, 2) as debit_amount,
    b.credit::numeric(20, 2) as credit_amount,
    greatest(b.balance, 0)::numeric(20, 2) as debit_balance,
    greatest(-b.balance, 0)::numeric(20, 2) as credit_balance
from (
    select
        k.fund_id,
        k.account_number,
        k.currency,
        p.first_on,
        p.last_on,
        p.is_closed,
        coalesce(m.debit, 0) as debit,
        coalesce(m.credit, 0) as credit,
        sum(coalesce(m.debit - m.credit, 0)) over (
            partition by k.fund_id, k.account_number, k.currency order by p.first_on
        ) as balance
    from (
        select
            x.fund_id,
            x.account_number,
            x.currency,
            min(x.first_on) as first_on
        from ledger.period_balance as x
        group by x.fund_id, x.account_number, x.currency
    ) as k
    inner join ledger.period as p on k.fund_id = p.fund_id and k.first_on <= p.first_on
    left join (
        select
            x.fund_id,
            x.account_number,
            x.currency,
            x.first_on,
            sum(x.debit) as debit,
            sum(x.credit) as credit
        from ledger.period_balance as x
        group by x.fund_id, x.account_number, x.currency, x.first_on
    ) as m
        on
            k.fund_id = m.fund_id
            and k.account_number = m.account_number
            and k.currency = m.currency
            and p.first_on = m.first_on
) as b
inner join ledger.account as a
    on b.fund_id = a.fund_id and b.account_number = a.account_number
inner join fund.fund as f on b.fund_id = f.fund_id;

comment on view bi.trial_balance is
'One row per fund, account, period and currency: fund_id, account_number, period_end_date, '
'currency. Every period of the books from the account''s first posting on, also those without '
'any. Only funds of which the reader sees every company.';
comment on column bi.trial_balance.trial_balance_key is 'Key of the row. [key; attribute]';
comment on column bi.trial_balance.fund_id is 'Key of the fund; joins bi.fund. [key; attribute]';
comment on column bi.trial_balance.fund is 'Name of the fund. [text; attribute]';
comment on column bi.trial_balance.account_number is 'Number of the account. [text; attribute]';
comment on column bi.trial_balance.account_name is 'Name of the account. [text; attribute]';
comment on column bi.trial_balance.account_kind is
'asset, liability, equity, income or expense. [text; attribute]';
comment on column bi.trial_balance.period_start_date is
'First day of the period. [date; attribute]';
comment on column bi.trial_balance.period_end_date is
'Last day of the period; joins bi.calendar. [date; attribute]';
comment on column bi.trial_balance.calendar_year is 'Year of period_end_date. [number; attribute]';
comment on column bi.trial_balance.calendar_quarter is
'Quarter 1 to 4 of period_end_date. [number; attribute]';
comment on column bi.trial_balance.quarter_label is
'Quarter of period_end_date for people, such as Q4 2025. [text; attribute]';
comment on column bi.trial_balance.quarter_sort is
'Quarter of period_end_date for sorting, such as 20254. [number; attribute]';
comment on column bi.trial_balance.is_closed is
'True when the period is closed: nothing is posted to it any more. [flag; attribute]';
comment on column bi.trial_balance.currency is
'ISO 4217 code of every amount of the row: filter on one before summing. [text; attribute]';
comment on column bi.trial_balance.debit_amount is
'Debits of the period, in currency. [money; additive]';
comment on column bi.trial_balance.credit_amount is
'Credits of the period, in currency. [money; additive]';
comment on column bi.trial_balance.debit_balance is
'Balance at the end of the period when debits are more, else 0, in currency; do not sum over '
'time. [money; semi-additive]';
comment on column bi.trial_balance.credit_balance is
'Balance at the end of the period when credits are more, else 0, in currency; do not sum over '
'time. The credit balances of a period are equal to its debit balances. [money; semi-additive]';
grant select on bi.trial_balance to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
