-- The rate of the flows that fund.xirr has noted.
create or replace function fund._xirr_rate(
    p_state text
)
returns numeric
language plpgsql
immutable
strict
parallel safe
security invoker
set search_path = ''
as $$
begin
    return (
        select
            (
                fund.xirr_detail(
                    array_agg(split_part(f.flow, ' ', 1)::numeric),
                    array_agg(date '2000-01-01' + split_part(f.flow, ' ', 2)::integer)
                )
            ).rate
        from (select string_to_table(p_state, ';') as flow) as f
        where f.flow like '% %'
    );
end
$$;

comment on function fund._xirr_rate(text) is
'fund.xirr_detail''s rate of the flows in p_state, as fund._xirr_add notes them.';
