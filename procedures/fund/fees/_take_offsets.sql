-- Offsets: in proportion to the gross fee less what is waived, at most what a partner still owes;
-- what one cannot take the others do.
create or replace function fund._take_offsets(
    p_lines fund.fee_line[],
    p_amount numeric
)
returns fund.fee_line[]
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_lines fund.fee_line[] := p_lines;
    v_wanted numeric[];
    v_owed numeric;
    v_left numeric;
begin
    select coalesce(sum(l.net_amount), 0) into v_owed from unnest(p_lines) as l;
    v_left := least(p_amount, v_owed);
    -- Each time round it is all used, or one more partner owes nothing.
    while v_left > 0 loop
        select array_agg(
            case
                when l.net_amount > 0
                    then v_left * (l.gross_amount - l.waived_amount) / w.amount
                else 0
            end
            order by l.ordinality
        )
        into v_wanted
        from unnest(v_lines) with ordinality as l
        cross join (
            select sum(x.gross_amount - x.waived_amount) as amount
            from unnest(v_lines) as x
            where x.net_amount > 0
        ) as w;

        v_lines := fund._reduce_fee_lines(v_lines, 'offset', v_wanted);
        select least(p_amount, v_owed) - (v_owed - sum(l.net_amount))
        into v_left
        from unnest(v_lines) as l;
    end loop;
    return v_lines;
end
$$;

comment on function fund._take_offsets(fund.fee_line[], numeric) is
'p_lines less an offset of p_amount, or of as much as they owe.';
