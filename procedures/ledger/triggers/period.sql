-- A period is made after the one before it, is closed once, over net asset values that hold, and
-- never goes.
create or replace trigger _040_keep
before delete or truncate on ledger.period
for each statement execute function ledger.refuse_change();

create or replace trigger _200_complete
before insert on ledger.period
for each row execute function ledger.complete_period();

create or replace trigger _300_check
before update on ledger.period
for each row execute function ledger.check_close();

create or replace trigger _400_check
after update on ledger.period
for each row execute function fund.check_navs_are_current();
