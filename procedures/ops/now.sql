-- The clock. Tests can set it, and only their own login can: for everybody else it is the real
-- time.
create or replace function ops.now()
returns timestamptz
language sql
stable
security invoker
set search_path = ''
as $$
    select
        case
            when session_user = 'qb_test' and current_setting('qb.now', true) <> ''
                then current_setting('qb.now', true)::timestamptz
            else transaction_timestamp()
        end
$$;

comment on function ops.now() is
'Time of this transaction (UTC in answers); settable by tests only.';
grant execute on function ops.now() to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_investor,
qb_editor_scoped, qb_viewer_scoped, qb_jobs;
