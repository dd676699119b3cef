-- A line's partner is a partner of the fund, now that the fund room holds them.
alter table ledger.journal_line
add foreign key (fund_id, partner_id) references fund.commitment (fund_id, investor_id);
create index journal_line_fund_id_partner_id_idx on ledger.journal_line (fund_id, partner_id);
comment on column ledger.journal_line.partner_id is
'Partner whose sub-ledger it belongs to, an investor of the fund; null on accounts without one.';
comment on constraint journal_line_fund_id_partner_id_fkey on ledger.journal_line is
'The investor is no partner of the fund. Hint: Admit it with fund.run_close first.';
