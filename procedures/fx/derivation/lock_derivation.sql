-- Orders the derivation against changes of what all companies share, fixings and settings: whoever
-- derives holds the lock shared, whoever changes holds it alone, both until they commit. Without
-- it a quarter submitted while a fixing is being corrected would keep the old rate.
create or replace function fx.lock_derivation(
    p_exclusive boolean
)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
begin
    -- A snapshot older than the lock cannot see what the last holder wrote; serializable would fail
    -- by itself, repeatable read would derive from old rows without a word.
    if current_setting('transaction_isolation') = 'repeatable read' then
        raise exception using
            errcode = 'QB409',
            constraint = 'derivation_needs_fresh_snapshot',
            message = 'Derived numbers cannot be kept right at isolation level repeatable read.',
            hint = 'Use read committed (the default) or serializable.';
    end if;

    -- The two numbers are a name ('qb', 'fx') that only this function uses.
    if p_exclusive then
        perform pg_advisory_xact_lock(29026, 26232);
    else
        perform pg_advisory_xact_lock_shared(29026, 26232);
    end if;
end
$$;

comment on function fx.lock_derivation(boolean) is
'Takes the derivation lock until commit, shared or alone. Raises QB409 '
'derivation_needs_fresh_snapshot.';
grant execute on function fx.lock_derivation(boolean) to qb_admin, qb_editor;
