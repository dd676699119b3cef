-- A fund of one partner who commits 10 million, and pays all of it; 1 million comes back
-- recallable: it can be called again (legalclarity: 10m commitment + 1m recallable -> unfunded
-- +1m). And its fee: 2 % of commitment, from 1 July on 1.5 %: the second quarter costs 91 days of
-- 2 %, the third 92 of 1.5 %.
begin;
select body::jsonb -> 'data' ->> 'fund_id' as fund
from fund.create_fund(
    '{"name": "Example", "currency": "USD", "books_first_on": "2025-01-01"}'
) \gset
\set ON_ERROR_STOP 1
select status from fund.set_terms(:'fund', '{"valid_from": "2025-01-01", "fee_schedule": [
    {"investor_class": "*", "from_on": "2025-01-01", "fee_rate": "0.02", "fee_base": "committed"},
    {"investor_class": "*", "from_on": "2025-07-01", "fee_rate": "0.015",
     "fee_base": "committed"}]}');
select status from fund.create_investor('{"investor_code": "LP-01", "name": "Partner"}');
select event_number from fund.run_close(:'fund',
    '{"closed_on": "2025-04-01", "commitments": [{"investor": "LP-01", "amount": "10000000"}]}');
select event_number from fund.issue_capital_call(:'fund',
    '{"notice_on": "2025-04-01", "capital_amount": "10000000"}');
select event_number from fund.record_payment(:'fund',
    '{"investor": "LP-01", "received_on": "2025-04-01", "amount": "10000000"}');
select unfunded_amount as before from fund.unfunded(:'fund');
select event_number from fund.issue_distribution(:'fund',
    '{"declared_on": "2025-06-01", "amount": "1000000", "recallable_amount": "1000000"}');
select unfunded_amount as after from fund.unfunded(:'fund');

-- 10,000,000 x 2 % x 91 / 365 and 10,000,000 x 1.5 % x 92 / 365.
select event -> 'record' ->> 'net_amount' as second_quarter
from fund.accrue_management_fee(:'fund');
select event -> 'record' ->> 'net_amount' as third_quarter from fund.accrue_management_fee(:'fund');
rollback;
