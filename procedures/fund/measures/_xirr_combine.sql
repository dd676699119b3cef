-- Puts the flows that two workers noted for fund.xirr together.
create or replace function fund._xirr_combine(
    p_state text,
    p_other text
)
returns text
language plpgsql
immutable
strict
parallel safe
security invoker
set search_path = ''
as $$
begin
    return p_state || substr(p_other, strpos(p_other, ';') + 1);
end
$$;

comment on function fund._xirr_combine(text, text) is
'The flows of p_state and those of p_other, as fund._xirr_add notes them.';
