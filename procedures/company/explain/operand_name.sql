-- The name of an operand in expressions: its base, with the quarters it lies back.
create or replace function company.operand_name(
    p_base text,
    p_quarters_before integer
)
returns text
language sql
immutable
security invoker
set search_path = ''
as $$
    select p_base || case when p_quarters_before > 0 then '_p' || p_quarters_before else '' end
$$;

comment on function company.operand_name(text, integer) is
'Name of an operand in expressions: total_revenue, or total_revenue_p4 of four quarters before.';
