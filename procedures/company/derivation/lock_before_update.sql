-- Takes the shared derivation lock before a company's row is locked: the order in which everybody
-- takes the two, so that a corrected fixing and a corrected company cannot wait for each other. A
-- new quarter or round locks its company too, by its foreign key.
create or replace function company.lock_before_update()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
    perform fx.lock_derivation(false);
    return null;
end
$$;

comment on function company.lock_before_update() is
'Trigger _050_lock on companies, quarters and rounds: the derivation lock comes before row locks.';
