-- A second close, from the notice to the cash (ibfundaccounting.com): partners of 405 million have
-- paid a call of 50 million when three more commit 20, 30 and 40 million. What each of those pays
-- in is published as 2,020,202, 3,030,303 and 4,040,404; to the cent it ends in .02, .03 and .04.
-- The text goes on that the 30 million of LP8 are 8.08 %: a slip. 8.08 % is 40 of 495; 30 of 495 is
-- 6.06 %, and so is 3,030,303 of 50 million.
begin;
select body::jsonb -> 'data' ->> 'fund_id' as fund
from fund.create_fund(
    '{"name": "Example", "currency": "USD", "books_first_on": "2025-01-01"}'
) \gset
\set ON_ERROR_STOP 1
\o /dev/null
select fund.set_terms(:'fund', '{"valid_from": "2025-01-01"}');
select fund.create_investor(jsonb_build_object('investor_code', c, 'name', c))
from unnest('{Earlier,LP7,LP8,LP9,LP10}'::text[]) as c;
select fund.run_close(:'fund', '{"closed_on": "2025-01-15", "commitments": [
    {"investor": "Earlier", "amount": "405000000"}]}');
select fund.issue_capital_call(:'fund',
    '{"notice_on": "2025-02-01", "capital_amount": "50000000"}');
select fund.record_payment(:'fund',
    '{"investor": "Earlier", "received_on": "2025-02-01", "amount": "50000000"}');
select event_id as close from fund.run_close(:'fund', '{"closed_on": "2025-02-01", "commitments": [
    {"investor": "LP7", "amount": "20000000"}, {"investor": "LP8", "amount": "30000000"},
    {"investor": "LP9", "amount": "40000000"}]}') \gset
\o

-- Money of the close: what is paid in goes back to who had paid; the fund keeps its 50 million.
select
    i.investor_code as partner,
    p.commitment_amount as commitment,
    l.amount as pays,
    p.paid_in_amount as paid_in,
    round(100 * p.commitment_amount / sum(p.commitment_amount) over (), 2) as share_pct,
    round(100 * p.paid_in_amount / sum(p.paid_in_amount) over (), 2) as paid_in_pct,
    p.unfunded_amount as unfunded
from fund.positions(:'fund', '2025-02-01') as p
join fund.investor as i using (investor_id)
join fund.payment_line as l on l.event_id = :'close' and l.investor_id = p.investor_id
order by p.commitment_amount desc;
select account_number, sum(debit - credit) as balance
from ledger.journal_line where fund_id = :'fund' group by 1 having sum(debit - credit) <> 0
order by 1;

-- A third close, 90 days after the call was due: 5 million more. It makes up to everybody, those of
-- the second close too, and pays 8 % of what it brings in for the time (act/365, simple) on top:
-- outside its commitment, and nothing of it is paid-in.
\o /dev/null
select event_id as third from fund.run_close(:'fund', '{"closed_on": "2025-05-02", "commitments": [
    {"investor": "LP10", "amount": "5000000"}]}') \gset
\o
select
    p.investor_code as partner,
    l.amount as pays,
    t.amount as interest,
    p.paid_in_amount as paid_in,
    p.unfunded_amount as unfunded
from fund.positions(:'fund', '2025-05-02') as p
join fund.payment_line as l on l.event_id = :'third' and l.investor_id = p.investor_id
join fund.true_up_interest as t on t.event_id = :'third' and t.investor_id = p.investor_id
order by p.commitment_amount desc;
rollback;

-- Interest of a later close as published: 4,000,000 x 8 % x 90 / 365 = 78,904.11 (fundopshq.com,
-- 2026-01-14), as a close charges it: 8 million were called of one partner of 10 million, due on
-- 2 February 2025, and 90 days later another joins with as much. The year counted otherwise, or
-- interest on interest, is another number: the terms say which; and who gets it. Cash is what it
-- was: the interest passes through, unless it is the fund's income (account 4300).
begin;
\o /dev/null
select fund.create_investor(jsonb_build_object('investor_code', c, 'name', c))
from unnest('{LP-01,LP-02}'::text[]) as c;
create temporary table told on commit drop as
select
    t.number,
    t.terms,
    (
        select c.body::jsonb -> 'data' ->> 'fund_id'
        from fund.create_fund(jsonb_build_object(
            'name', 'Example ' || t.number, 'currency', 'USD', 'books_first_on', '2025-01-01'
        )) as c
    )::uuid as fund_id
from (
    values
    (1, '{}'::jsonb),
    (2, '{"true_up_day_count": "act/360"}'),
    (3, '{"true_up_day_count": "30/360"}'),
    (4, '{"true_up_compounding": "annual"}'),
    (5, '{"true_up_recipient": "manager"}'),
    (6, '{"true_up_recipient": "fund"}')
) as t (number, terms);
select fund.set_terms(fund_id, terms || '{"valid_from": "2025-01-01"}') from told;
select fund.run_close(fund_id, '{"closed_on": "2025-01-15", "commitments": [
    {"investor": "LP-01", "amount": "10000000"}]}') from told;
select fund.issue_capital_call(fund_id, '{"notice_on": "2025-01-20", "due_on": "2025-02-02",
    "capital_amount": "8000000"}') from told;
select fund.record_payment(fund_id,
    '{"investor": "LP-01", "received_on": "2025-02-02", "amount": "8000000"}') from told;
select fund.run_close(fund_id, '{"closed_on": "2025-05-03", "commitments": [
    {"investor": "LP-02", "amount": "10000000"}]}') from told;
\o
select
    t.terms,
    sum(i.amount) filter (where i.amount > 0) as pays,
    sum(i.amount) filter (where i.amount < 0) as gets,
    (
        select sum(l.debit - l.credit)
        from ledger.journal_line as l
        where l.fund_id = t.fund_id and l.account_number = '1000'
    ) as cash,
    (
        select p.paid_in_amount
        from fund.positions(t.fund_id, '2025-05-03') as p
        where p.investor_code = 'LP-02'
    ) as paid_in
from told as t
join fund.true_up_interest as i using (fund_id)
group by t.number, t.terms, t.fund_id
order by t.number;
rollback;
