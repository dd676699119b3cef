-- Triggers of one event fire in the order of their names, so the name begins with the order:
-- _050_lock, _100_stamp, _200_complete, _300_check, _500_derive, _900_notify.
select
    t.tgrelid::regclass::text as offender,
    t.tgname as finding
from pg_trigger as t
inner join pg_class as c on t.tgrelid = c.oid
inner join pg_namespace as n on c.relnamespace = n.oid
where
    n.nspowner = 'qb_owner'::regrole
    and not t.tgisinternal
    and t.tgparentid = 0
    and t.tgname !~ '^_[0-9]{3}_[a-z][a-z_]*$'
