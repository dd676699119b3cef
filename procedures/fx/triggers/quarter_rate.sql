-- A changed rate of a quarter reaches the companies that report in it. New rows need no trigger:
-- the derivation that asked for them is about to use them.
create or replace trigger _500_derive
after update on fx.quarter_rate
referencing new table as new_rows
for each statement execute function company.derive_after_rates();
