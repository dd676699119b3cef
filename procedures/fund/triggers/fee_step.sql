-- Steps go with terms that nothing was recorded by.
create or replace trigger _300_keep
before insert or delete on fund.fee_step
for each row execute function fund.keep_used_terms();
