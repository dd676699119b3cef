-- Stamps; forgets who was deleted.
create or replace trigger _100_stamp
before update on fund.investor_contact
for each row execute function ops.stamp_update();

create or replace trigger _500_forget
after delete on fund.investor_contact
referencing old table as old_rows
for each statement execute function fund.forget_contacts();

alter table fund.investor_contact alter column created_by set default security.author_id();
