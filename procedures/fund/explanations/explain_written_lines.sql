-- Every row that an event wrote for a partner, told in the words of its columns: what a reversal
-- has to tell of its own.
create or replace function fund.explain_written_lines(
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
    select
        row_number() over (
            order by
                t.table_name,
                coalesce(r.line ->> 'line_number', r.line ->> 'segment_number')::integer
        )::integer,
        replace(t.table_name, '_', ' '),
        coalesce(
            r.line ->> 'amount',
            r.line ->> 'net_amount',
            r.line ->> 'nav_amount',
            ((r.line ->> 'capital_amount')::numeric + (r.line ->> 'fee_amount')::numeric)::text,
            r.line ->> 'exact_amount'
        )::numeric,
        (
            select
                string_agg(
                    format('%s %s', replace(f.key, '_', ' '), f.value), '; ' order by f.key
                )
            from jsonb_each_text(r.line) as f (key, value)
            where
                f.value is not null
                and f.key not in (
                    'line_number', 'segment_number', 'investor_id', 'investor_code', 'amount'
                )
        )
    from jsonb_each(fund.event_lines(p_fund_id, p_event_id)) as t (table_name, lines)
    cross join lateral jsonb_array_elements(t.lines) as r (line)
    where r.line ->> 'investor_id' = p_investor_id::text
$$;

comment on function fund.explain_written_lines(uuid, uuid, uuid) is
'One row per row that the event wrote for the partner: its table, its amount in the fund''s '
'currency, its other columns. For fund.explain_reversal.';
grant execute on function fund.explain_written_lines(uuid, uuid, uuid) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
