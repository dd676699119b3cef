-- Somebody can always let others in: the last active administrator neither goes nor becomes
-- anything else.
create or replace function security.keep_last_admin()
returns trigger
language plpgsql
volatile
-- Definer: everybody who counts is counted, whoever asks.
security definer
set search_path = ''
as $$
declare
    v_is_claim_managed boolean := exists (
        select
        from security.external_identity as i
        where i.user_id = new.user_id and i.is_claim_managed
    );
begin
    -- An identity provider takes a role away whatever we would like.
    if new.is_active and v_is_claim_managed then
        return new;
    end if;
    -- Two who end one another wait for each other here; the second then finds nobody left.
    -- (A row that only the owner can lock: an advisory lock could be anybody's.)
    perform from security.app_user as u
    where u.user_id = '00000000-0000-0000-0000-000000000000'
    for no key update;
    if not exists (
        select
        from security.app_user as u
        where
            u.group_role = 'qb_admin'
            and u.is_active
            and u.user_id <> new.user_id
            -- Nor is one of ours replaced by one who is administrator by the provider's grace.
            and (
                v_is_claim_managed
                or not exists (
                    select
                    from security.external_identity as i
                    where i.user_id = u.user_id and i.is_claim_managed
                )
            )
    ) then
        raise exception using
            errcode = 'QB409',
            constraint = 'last_admin',
            column = case when new.is_active then 'role' else 'active' end,
            message = 'This is the last active administrator whose role is decided here.',
            hint = 'Make somebody else administrator first.';
    end if;
    return new;
end
$$;

comment on function security.keep_last_admin() is
'Trigger _300_keep_admin on security.app_user: refuses to deactivate the last active administrator '
'or to give another role. Raises QB409 last_admin.';
