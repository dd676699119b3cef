-- Kinds of events that a fund's books take, each with what its entry debits (Dr) and credits (Cr).
-- A commitment is none: it is no asset until it is called. Repeatable: the list belongs to the
-- platform; a kind in use is not deleted.
insert into ledger.entry_kind as k (kind, description)
values
('opening_balance', 'Balances taken over from other books.'),
('capital_call', 'A call is issued: Dr capital call receivable, Cr capital contributed.'),
('cash_receipt', 'Called capital comes in: Dr cash, Cr receivable; what is too much, Cr advances.'),
('late_interest', 'A partner pays late: Dr interest receivable, Cr interest from partners.'),
('default', 'What a partner in default did not pay: Dr capital contributed, Cr receivable.'),
('catch_up', 'Contribution of a partner admitted later: Dr cash, Cr capital contributed.'),
(
    'rebalancing',
    'Capital goes back to earlier partners: Dr their capital, Cr due to them; paid: Dr due to '
    'them, Cr cash.'
),
(
    'true_up_interest',
    'Interest of later partners for earlier ones, no income of the fund: Dr cash, Cr due to '
    'earlier partners; passed on: Dr due to them, Cr cash.'
),
('investment_purchase', 'Dr investments at cost, Cr cash.'),
('fair_value_change', 'Up: Dr unrealised on investments, Cr change in unrealised; down: reverse.'),
(
    'exit',
    'Dr cash, Cr investments at cost and realised gain; what was unrealised is taken back.'
),
('write_off', 'Dr realised loss, Cr investments at cost; what was unrealised is taken back.'),
('management_fee', 'The fee accrues: Dr management fee, Cr fee payable.'),
('fee_payment', 'Dr fee payable, Cr cash.'),
('fee_offset', 'Fees of portfolio companies reduce it: Dr fee payable, Cr management fee offset.'),
('distribution', 'Declared: Dr capital distributed, Cr distributions payable.'),
('distribution_payment', 'Dr distributions payable, Cr cash.'),
(
    'carry_accrual',
    'Dr carried interest of the partners who bear it, Cr carried interest of the general partner.'
),
(
    'carry_payment',
    'Dr carried interest of the general partner, Cr cash; into escrow: Cr escrow cash; released '
    'from it: Dr cash, Cr escrow cash.'
),
(
    'clawback',
    'Carry is owed back: Dr cash or clawback receivable, Cr carried interest of the partners.'
),
('income', 'Dr cash or income receivable, Cr investment income.'),
('expense', 'Dr expense, Cr cash or expenses payable.'),
(
    'credit_line',
    'Drawn: Dr cash, Cr credit line; repaid: the reverse; interest: Dr interest, Cr cash.'
),
('transfer', 'An interest changes hands: Dr capital of the seller, Cr capital of the buyer.'),
(
    'result_allocation',
    'The result becomes capital: Dr result allocated, Cr result of each partner; a loss: reverse.'
),
('correction', 'What no other kind says; the memo does.'),
('reversal', 'Takes another entry back, line by line.')
on conflict (kind) do update
    set description = excluded.description
    where k.description <> excluded.description;
