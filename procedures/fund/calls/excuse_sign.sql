-- What a line of a call says of an excuse: a reversal's line, a copy, takes it back. A partner is
-- excused while the signs of its lines add up to more than 0.
create or replace function fund.excuse_sign(
    p_is_excused boolean,
    p_reason text
)
returns integer
language sql
immutable
security invoker
set search_path = ''
as $$
    select
        case
            when not p_is_excused then 0
            when p_reason = 'reversal' then -1
            else 1
        end
$$;

comment on function fund.excuse_sign(boolean, text) is
'1 when a line of fund.capital_call_line with this is_excused and reason excuses its partner, -1 '
'when it takes an excuse back, else 0.';
grant execute on function fund.excuse_sign(boolean, text) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped, qb_investor;
