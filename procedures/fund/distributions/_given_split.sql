-- The split of a distribution as it was given, partner by partner.
create or replace function fund._given_split(
    p_fund_id uuid,
    p_lines jsonb
)
returns table (investor_id uuid, amount numeric, recallable_amount numeric)
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_line jsonb;
begin
    if p_lines is null then
        return;
    elsif jsonb_typeof(p_lines) <> 'array' then
        raise exception using
            errcode = 'QB400',
            constraint = 'lines_are_a_list',
            column = 'lines',
            message = 'lines is not a list.',
            hint = 'Send [{"investor": …, "amount": …}, …], or leave lines out to share pro rata.';
    end if;
    for v_line in select e.value from jsonb_array_elements(p_lines) as e loop
        perform fund.check_fields(v_line, array['investor', 'amount', 'recallable_amount']);
        perform fund._read_amount(v_line, 'amount');
        if fund._read_amount(v_line, 'recallable_amount', 0) > (v_line ->> 'amount')::numeric then
            raise exception using
                errcode = 'QB400',
                constraint = 'recallable_within_amount',
                column = 'recallable_amount',
                message = 'More is recallable than is distributed.',
                detail = v_line ->> 'recallable_amount',
                hint = 'Send at most the amount.';
        end if;
    end loop;

    return query
    with
    names as (
        select n.name, c.investor_id
        from fund.commitment as c
        inner join fund.investor as i on c.investor_id = i.investor_id
        cross join lateral (values (i.investor_code), (i.investor_id::text)) as n (name)
        where c.fund_id = p_fund_id
    )

    select
        -- Who is not found is refused with words.
        coalesce(n.investor_id, fund._read_partner(p_fund_id, e.value)),
        (e.value ->> 'amount')::numeric,
        (e.value ->> 'recallable_amount')::numeric
    from jsonb_array_elements(p_lines) with ordinality as e (value, line_number)
    left join names as n on e.value ->> 'investor' = n.name
    order by e.line_number;
end
$$;

comment on function fund._given_split(uuid, jsonb) is
'One row per line of p_lines [{investor, amount, recallable_amount}] (null: none); '
'recallable_amount null where none is said. Raises QB400 lines_are_a_list, '
'recallable_within_amount, unknown_field, required, partner_unknown, what fund._read_amount '
'raises.';
