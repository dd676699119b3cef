-- Orders the derivation against changes of what all companies share, fixings and settings: whoever
-- derives holds the lock shared, whoever changes holds it alone, both until they commit. Without
-- it a quarter submitted while a fixing is being corrected would keep the old rate.
create or replace function fx.lock_derivation(
    p_exclusive boolean
)
returns void
language plpgsql
volatile
-- Definer: the lock is a table that nobody else may touch.
security definer
set search_path = ''
as $$
begin
    -- A snapshot older than the lock cannot see what its last holder committed. Serializable would
    -- notice only if that one was serializable too.
    if current_setting('transaction_isolation') <> 'read committed' then
        raise exception using
            errcode = 'QB409',
            constraint = 'derivation_needs_fresh_snapshot',
            message = 'Derived numbers can be kept right at isolation level read committed only.',
            hint = 'Use read committed, the default.';
    end if;

    if p_exclusive then
        lock table fx.derivation_lock in exclusive mode;
    else
        lock table fx.derivation_lock in row share mode;
    end if;
end
$$;

comment on function fx.lock_derivation(boolean) is
'Takes the derivation lock until commit, shared or alone. Raises QB409 '
'derivation_needs_fresh_snapshot.';
grant execute on function fx.lock_derivation(boolean) to
qb_admin, qb_editor, qb_submitter, qb_editor_scoped;
