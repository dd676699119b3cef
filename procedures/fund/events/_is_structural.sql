-- Kinds of events that set what later ones share by.
create or replace function fund._is_structural(
    p_kind text
)
returns boolean
language sql
immutable
security invoker
set search_path = ''
as $$
    select p_kind in ('close', 'transfer', 'capital_call', 'default', 'distribution')
$$;

comment on function fund._is_structural(text) is
'True for kinds of events that are recorded, and taken back, in order.';
