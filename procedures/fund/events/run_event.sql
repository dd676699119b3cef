-- Does one thing to a fund: whatever changes its capital goes through here, so that there is one
-- lock, one order, one answer. Once per key, however often it is asked; a preview does the same
-- work and takes it back. What kinds do stands in their own functions.
create or replace function fund.run_event(
    p_fund_id uuid,
    p_kind text,
    p_request jsonb,
    p_key text default null,
    p_preview boolean default false
)
returns table (event_id uuid, event_number bigint, is_repeat boolean, event jsonb)
language plpgsql
volatile
-- Definer: what is derived of a request is nobody's to write but these functions'.
security definer
set search_path = ''
as $$
declare
    v_event fund.event;
    v_schema text;
    v_table text;
    v_constraint text;
    v_column text;
    v_detail text;
begin
    perform fund._lock_fund(p_fund_id);
    is_repeat := false;

    select e.*
    into v_event
    from fund.event as e
    where e.fund_id = p_fund_id and e.event_key = p_key;
    if found then
        if row(v_event.kind, v_event.request) is distinct from row(p_kind, p_request) then
            raise exception using
                errcode = 'QB409',
                constraint = 'event_key_unique',
                column = 'event_key',
                message = 'Something else was recorded with this key.',
                detail = format(
                    'Event %s, %s of %s.', v_event.event_number, v_event.kind, v_event.event_on
                ),
                hint = 'Use a new key for a new event; send the same request to repeat it.';
        end if;
        is_repeat := true;
    else
        v_event := fund._begin_event(p_fund_id, p_kind, p_request, p_key);
        case p_kind
            when 'close' then perform fund._write_close(v_event);
            when 'transfer' then perform fund._write_transfer(v_event);
            when 'capital_call' then perform fund._write_capital_call(v_event);
            when 'payment' then perform fund._write_payment(v_event);
            when 'default' then perform fund._write_default(v_event);
            when 'distribution' then perform fund._write_distribution(v_event);
            when 'management_fee' then perform fund._write_management_fee(v_event);
            when 'fee_adjustment' then perform fund._write_fee_adjustment(v_event);
            when 'fee_payment' then perform fund._write_fee_payment(v_event);
            when 'nav' then perform fund._write_nav(v_event);
            when 'reversal' then perform fund._write_reversal(v_event);
        end case;
    end if;

    event_id := v_event.event_id;
    event_number := v_event.event_number;
    event := fund.event_record(p_fund_id, v_event.event_id);
    if p_preview then
        raise exception using
            errcode = 'QB200',
            constraint = 'preview_is_taken_back',
            message = 'A preview is taken back.',
            hint = 'Nobody sees this: it ends the preview.';
    end if;
    return next;
exception
    when sqlstate 'QB200' then
        -- Variables keep what they were given; ids that no longer exist are not shown.
        if not is_repeat then
            event_id := null;
            event := event - 'event_id'
                || jsonb_build_object(
                    'journal_entries', (
                        select coalesce(jsonb_agg(x.entry - 'entry_id' order by x.number), '[]')
                        from jsonb_array_elements(event -> 'journal_entries') with ordinality
                        as x (entry, number)
                    )
                );
        end if;
        return next;
    when integrity_constraint_violation or data_exception then
        get stacked diagnostics
            v_schema = schema_name,
            v_table = table_name,
            v_constraint = constraint_name,
            v_column = column_name,
            v_detail = pg_exception_detail;
        perform ops.refuse_violation(
            v_schema, sqlstate, v_table, v_constraint, v_column, sqlerrm, v_detail,
            'request_is_readable', 'Send amounts as decimals and days such as 2025-06-30.'
        );
end
$$;

comment on function fund.run_event(uuid, text, jsonb, text, boolean) is
'Records an event of p_kind (a kind of fund.event) as p_request says, and posts it; returns its '
'id, its number within the fund, whether it had been recorded before with p_key, and what it wrote '
'(fund.event_record). With p_preview nothing is recorded: no id, and the number it would get. '
'Raises QB404 fund_not_found, books_not_found, QB409 event_key_unique, event_in_order_of_days, '
'entry_in_open_period, books_need_fresh_snapshot, QB400 request_is_readable, '
'entry_within_ten_years, and what the function '
'of its kind raises; preview_is_taken_back stays inside.';
grant execute on function fund.run_event(uuid, text, jsonb, text, boolean) to
qb_admin, qb_editor, qb_editor_scoped;
