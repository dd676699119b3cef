-- The rate of the flows that fund.xirr has noted.
create or replace function fund._xirr_rate(
    p_state text
)
returns numeric
language plpgsql
immutable
strict
parallel safe
-- Definer: its steps are helpers that are granted to nobody; it reads no table.
security definer
set search_path = ''
as $$
begin
    return (fund._solve_xirr(null, null, p_state)).rate;
end
$$;

comment on function fund._xirr_rate(text) is
'fund.xirr_detail''s rate of the flows in p_state, as fund._xirr_add notes them.';
