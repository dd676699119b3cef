-- The partners' capital accounts at the end of every period, for BI tools: what each account of
-- theirs moved by, and where it stood.
create or replace view bi.capital_account
with (security_invoker = true)
as
select
    format(
        '%s:%s:%s:%s:%s', b.fund_id, b.partner_id, b.account_number, b.last_on, b.currency
    ) as capital_account_key,
    f.fund_id::text as fund_id,
    f.name as fund,
    i.investor_id::text as investor_id,
    i.investor_code,
    i.name as investor,
    b.account_number,
    b.account_name,
    b.first_on as period_start_date,
    b.last_on as period_end_date,
    extract(year from b.last_on)::integer as calendar_year,
    extract(quarter from b.last_on)::integer as calendar_quarter,
    to_char(b.last_on, '"Q"Q YYYY') as quarter_label,
    to_char(b.last_on, 'YYYYQ')::integer as quarter_sort,
    b.is_closed,
    b.currency,
    (b.balance - b.amount)::numeric(20, 2) as opening_balance,
    b.amount::numeric(20, 2) as capital_change_amount,
    b.balance::numeric(20, 2) as closing_balance
from (
    select
        k.fund_id,
        k.partner_id,
        k.account_number,
        k.account_name,
        k.currency,
        p.first_on,
        p.last_on,
        p.is_closed,
        coalesce(m.credit - m.debit, 0) as amount,
        sum(coalesce(m.credit - m.debit, 0)) over (
            partition by k.fund_id, k.partner_id, k.account_number, k.currency
            order by p.first_on
        ) as balance
    from (
        select
            x.fund_id,
            x.partner_id,
            x.account_number,
            a.name as account_name,
            x.currency,
            min(x.first_on) as first_on
        from ledger.period_balance as x
        inner join ledger.account as a
            on x.fund_id = a.fund_id and x.account_number = a.account_number
        where a.kind = 'equity' and a.takes_partner and x.partner_id is not null
        group by x.fund_id, x.partner_id, x.account_number, a.name, x.currency
    ) as k
    inner join ledger.period as p on k.fund_id = p.fund_id and k.first_on <= p.first_on
    left join ledger.period_balance as m
        on
            k.fund_id = m.fund_id
            and k.partner_id = m.partner_id
            and k.account_number = m.account_number
            and k.currency = m.currency
            and p.first_on = m.first_on
) as b
inner join fund.fund as f on b.fund_id = f.fund_id
inner join fund.investor as i on b.partner_id = i.investor_id;

comment on view bi.capital_account is
'One row per fund, partner, account, period and currency: fund_id, investor_id, account_number, '
'period_end_date, currency. Every period from the account''s first posting on. The closing '
'balances of a period add up to the partners'' capital, which is net asset value less what is '
'allocated to nobody yet. Only funds of which the reader sees every company.';
comment on column bi.capital_account.capital_account_key is 'Key of the row. [key; attribute]';
comment on column bi.capital_account.fund_id is 'Key of the fund; joins bi.fund. [key; attribute]';
comment on column bi.capital_account.fund is 'Name of the fund. [text; attribute]';
comment on column bi.capital_account.investor_id is
'Key of the partner; joins bi.investor. [key; attribute]';
comment on column bi.capital_account.investor_code is
'Short name of the partner, such as LP-03. [text; attribute]';
comment on column bi.capital_account.investor is 'Name of the partner. [text; attribute]';
comment on column bi.capital_account.account_number is 'Number of the account. [text; attribute]';
comment on column bi.capital_account.account_name is 'Name of the account. [text; attribute]';
comment on column bi.capital_account.period_start_date is
'First day of the period. [date; attribute]';
comment on column bi.capital_account.period_end_date is
'Last day of the period; joins bi.calendar. [date; attribute]';
comment on column bi.capital_account.calendar_year is
'Year of period_end_date. [number; attribute]';
comment on column bi.capital_account.calendar_quarter is
'Quarter 1 to 4 of period_end_date. [number; attribute]';
comment on column bi.capital_account.quarter_label is
'Quarter of period_end_date for people, such as Q4 2025. [text; attribute]';
comment on column bi.capital_account.quarter_sort is
'Quarter of period_end_date for sorting, such as 20254. [number; attribute]';
comment on column bi.capital_account.is_closed is
'True when the period is closed: nothing is posted to it any more. [flag; attribute]';
comment on column bi.capital_account.currency is
'ISO 4217 code of every amount of the row: filter on one before summing. [text; attribute]';
comment on column bi.capital_account.opening_balance is
'Capital before the period, in currency; negative what reduces capital; do not sum over time. '
'[money; semi-additive]';
comment on column bi.capital_account.capital_change_amount is
'What the period added, in currency; negative what it took away. [money; additive]';
comment on column bi.capital_account.closing_balance is
'Capital at the end of the period, in currency; negative what reduces capital; do not sum over '
'time. [money; semi-additive]';
grant select on bi.capital_account to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
