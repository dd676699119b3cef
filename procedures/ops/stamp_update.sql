-- Stamps a changed row: who, when, and the next version (the ETag of the API).
create or replace function ops.stamp_update()
returns trigger
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
    new.last_update_date := ops.now();
    new.last_updated_by := security.author_id();
    new.row_version := old.row_version + 1;
    return new;
end
$$;

comment on function ops.stamp_update() is
'Trigger _100_stamp: sets last_update_date, last_updated_by and row_version of a changed row.';
