drop index ledger.journal_line_fund_id_partner_id_idx;
alter table ledger.journal_line drop constraint journal_line_fund_id_partner_id_fkey;
comment on column ledger.journal_line.partner_id is
'Partner whose sub-ledger it belongs to; null on accounts without one. No foreign key yet: the '
'fund room will hold the partners.';
