-- A reversal takes back what another event wrote: its story is that event's, and then every row
-- with the other sign.
create or replace function fund.explain_reversal(
    p_fund_id uuid,
    p_event_id uuid,
    p_investor_id uuid
)
returns table (step integer, what text, amount numeric, explanation text)
language sql
stable
security invoker
set search_path = ''
as $$
    with
    reversed as materialized (
        select o.*
        from fund.event as e
        inner join fund.event as o on e.fund_id = o.fund_id and e.reverses_event_id = o.event_id
        where e.fund_id = p_fund_id and e.event_id = p_event_id
    ),

    taken as materialized (
        select w.*
        from fund.explain_written_lines(p_fund_id, p_event_id, p_investor_id) as w
    ),

    told as (
        select
            array[1] as place,
            'takes back' as what,
            r.event_number as amount,
            format(
                'Event %s, the %s of %s, whose story follows.',
                r.event_number, replace(r.kind, '_', ' '), r.event_on
            ) as explanation
        from reversed as r
        union all
        select
            array[2, x.step],
            format('event %s: %s', r.event_number, x.what),
            x.amount,
            x.explanation
        from reversed as r
        cross join lateral fund.explain_line(p_fund_id, r.event_id, p_investor_id) as x
        union all
        select
            array[3, t.step],
            format('taken back: %s', t.what),
            t.amount,
            concat_ws(': ', 'With the other sign', t.explanation)
        from taken as t
    )

    select
        row_number() over (order by t.place)::integer,
        t.what,
        t.amount,
        t.explanation
    from told as t
    where exists (select from taken as x)
    order by t.place
$$;

comment on function fund.explain_reversal(uuid, uuid, uuid) is
'What the reversal p_event_id took back of a partner: the explanation of the event that it '
'reverses, and the rows it wrote, with the other sign; amounts in the fund''s currency. Raises '
'what fund.explain_line raises. For fund.explain_line.';
grant execute on function fund.explain_reversal(uuid, uuid, uuid) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
