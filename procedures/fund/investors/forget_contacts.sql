-- A deleted contact is forgotten: the answers that are kept to be repeated, for 24 hours, name him
-- too. What is left of those is that the write was done, so that it is not done again.
create or replace function fund.forget_contacts()
returns trigger
language plpgsql
volatile
-- Definer: kept answers are nobody's to read or write.
security definer
set search_path = ''
as $$
begin
    update ops.idempotency_key as k
    set body = ops.success_body(
        k.status, 'Contact deleted since.', json_build_object('contact_id', o.contact_id)
    )
    from old_rows as o
    where strpos(k.body, o.contact_id::text) > 0;
    return null;
end
$$;

comment on function fund.forget_contacts() is
'Trigger _500_forget on fund.investor_contact: takes the deleted contacts out of the answers kept '
'for Idempotency-Keys.';
