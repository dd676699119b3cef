-- Reverses the journal entries of the event that is taken back, each on the day of the reversal or,
-- when it is later, on its own.
create or replace function fund._reverse_entries(
    p_event fund.event
)
returns void
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_entry record;
begin
    for v_entry in
        select
            j.entry_id,
            greatest(j.entry_on, p_event.event_on) as entry_on
        from ledger.journal_entry as j
        where
            j.fund_id = p_event.fund_id
            and j.source_room = 'fund'
            and j.source_key = p_event.reverses_event_id::text
            and j.kind <> 'reversal'
        order by j.entry_number desc
    loop
        perform ledger.reverse_entry(
            p_event.fund_id,
            v_entry.entry_id,
            v_entry.entry_on,
            nullif(btrim(p_event.request ->> 'memo'), '')
        );
    end loop;
end
$$;

comment on function fund._reverse_entries(fund.event) is
'Reverses every journal entry of the event that p_event reverses. Raises what ledger.reverse_entry '
'raises.';
