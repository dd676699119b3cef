-- Partners of funds and where they stand today, for BI tools.
create or replace view bi.commitment
with (security_invoker = true)
as
select
    format('%s:%s', c.fund_id, c.investor_id) as commitment_key,
    f.fund_id::text as fund_id,
    f.name as fund,
    i.investor_id::text as investor_id,
    i.investor_code,
    i.name as investor,
    c.investor_class,
    f.currency,
    l.first_on as first_commitment_date,
    coalesce(l.amount, 0)::numeric(20, 2) as commitment_amount,
    coalesce(k.amount, 0)::numeric(20, 2) as called_amount,
    coalesce(p.amount, 0)::numeric(20, 2) as paid_amount,
    (coalesce(k.amount, 0) - coalesce(p.amount, 0))::numeric(20, 2) as open_amount,
    u.unfunded_amount::numeric(20, 2) as unfunded_amount
from fund.commitment as c
inner join fund.fund as f on c.fund_id = f.fund_id
inner join fund.investor as i on c.investor_id = i.investor_id
inner join (
    select
        b.fund_id,
        x.investor_id,
        x.unfunded_amount
    from ledger.book as b
    cross join fund.unfunded(b.fund_id) as x
) as u on c.fund_id = u.fund_id and c.investor_id = u.investor_id
left join (
    select
        x.fund_id,
        x.investor_id,
        sum(x.amount) as amount,
        min(x.event_on) as first_on
    from fund.commitment_line as x
    group by x.fund_id, x.investor_id
) as l on c.fund_id = l.fund_id and c.investor_id = l.investor_id
left join (
    select
        x.fund_id,
        x.investor_id,
        sum(x.capital_amount + x.fee_amount) as amount
    from fund.capital_call_line as x
    group by x.fund_id, x.investor_id
) as k on c.fund_id = k.fund_id and c.investor_id = k.investor_id
left join (
    select
        x.fund_id,
        x.investor_id,
        sum(x.amount) as amount
    from fund.payment_line as x
    where x.applied_to = 'call'
    group by x.fund_id, x.investor_id
) as p on c.fund_id = p.fund_id and c.investor_id = p.investor_id;

comment on view bi.commitment is
'One row per fund and partner: fund_id, investor_id. Where the partner stands today. Only funds '
'of which the reader sees every company.';
comment on column bi.commitment.commitment_key is 'Key of the row. [key; attribute]';
comment on column bi.commitment.fund_id is 'Key of the fund; joins bi.fund. [key; attribute]';
comment on column bi.commitment.fund is 'Name of the fund. [text; attribute]';
comment on column bi.commitment.investor_id is
'Key of the partner; joins bi.investor. [key; attribute]';
comment on column bi.commitment.investor_code is
'Short name of the partner, such as LP-03. [text; attribute]';
comment on column bi.commitment.investor is 'Name of the partner. [text; attribute]';
comment on column bi.commitment.investor_class is
'Class for the management fee, such as standard. [text; attribute]';
comment on column bi.commitment.currency is
'ISO 4217 code of every amount of the row: filter on one before summing. [text; attribute]';
comment on column bi.commitment.first_commitment_date is
'Day of the partner''s first commitment. [date; attribute]';
comment on column bi.commitment.commitment_amount is
'What the partner has committed, in currency, as it stands now. [money; additive]';
comment on column bi.commitment.called_amount is
'What was called of it, for capital and fees, in currency, after closes, transfers and defaults. '
'[money; additive]';
comment on column bi.commitment.paid_amount is
'What the partner has paid of its calls, in currency. [money; additive]';
comment on column bi.commitment.open_amount is
'What was called and is not paid, in currency. [money; additive]';
comment on column bi.commitment.unfunded_amount is
'What can still be called, in currency: the commitment less what was called, and what was '
'distributed as recallable. [money; additive]';
grant select on bi.commitment to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
