-- The chart that a fund's books begin with: what the events of ledger.entry_kind post to. Income
-- and expense accounts are never emptied: the result goes to the partners through 3590, so that a
-- result of any span can be asked at any time. A fund changes its own copy, not this one.
-- Repeatable: the list belongs to the platform.
insert into ledger.template_account as a (
    account_number, name, kind, normal_side, takes_partner
)
values
('1000', 'Cash', 'asset', 'debit', false),
('1010', 'Escrow cash', 'asset', 'debit', false),
('1100', 'Capital call receivable', 'asset', 'debit', true),
('1120', 'Interest receivable from partners', 'asset', 'debit', true),
('1150', 'Clawback receivable', 'asset', 'debit', true),
('1200', 'Investments at cost', 'asset', 'debit', false),
('1250', 'Investments, unrealised', 'asset', 'debit', false),
('1300', 'Income receivable', 'asset', 'debit', false),
('2000', 'Advances from partners', 'liability', 'credit', true),
('2100', 'Due to earlier partners', 'liability', 'credit', true),
('2200', 'Management fee payable', 'liability', 'credit', false),
('2250', 'Expenses payable', 'liability', 'credit', false),
('2300', 'Distributions payable', 'liability', 'credit', true),
('2400', 'Credit line', 'liability', 'credit', false),
('3000', 'Partners'' capital, contributed', 'equity', 'credit', true),
('3100', 'Partners'' capital, distributed', 'equity', 'debit', true),
('3200', 'Partners'' capital, carried interest', 'equity', 'credit', true),
('3300', 'Partners'' capital, transfers', 'equity', 'credit', true),
('3500', 'Partners'' capital, result', 'equity', 'credit', true),
('3590', 'Result allocated to partners', 'equity', 'debit', false),
('4000', 'Realised gain', 'income', 'credit', false),
('4100', 'Net change in unrealised', 'income', 'credit', false),
('4200', 'Investment income', 'income', 'credit', false),
('4300', 'Interest from partners', 'income', 'credit', false),
('5000', 'Management fee', 'expense', 'debit', false),
('5050', 'Management fee offset', 'expense', 'credit', false),
('5100', 'Partnership expenses', 'expense', 'debit', false),
('5200', 'Interest expense', 'expense', 'debit', false),
('5300', 'Realised loss', 'expense', 'debit', false)
on conflict (account_number) do update
    set
        name = excluded.name,
        kind = excluded.kind,
        normal_side = excluded.normal_side,
        takes_partner = excluded.takes_partner
    where
    row(a.name, a.kind, a.normal_side, a.takes_partner)
    is distinct from
    row(excluded.name, excluded.kind, excluded.normal_side, excluded.takes_partner);
