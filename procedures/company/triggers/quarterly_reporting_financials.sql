-- Triggers of company.quarterly_reporting_financials, in the order of their names. None on update:
-- a derivation that changes rows changes no number of them.
create or replace trigger _600_count_insert
after insert on company.quarterly_reporting_financials
referencing new table as new_rows
for each statement execute function company.count_quarters();

create or replace trigger _600_count_delete
after delete on company.quarterly_reporting_financials
referencing old table as old_rows
for each statement execute function company.count_quarters();
