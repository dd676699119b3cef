-- Locks a fund's books for somebody who may post to them, but change no row of theirs. The caller
-- has seen them under row security.
create or replace function ledger.hold_book(
    p_fund_id uuid
)
returns void
language sql
volatile
-- Definer: locking a row asks for the right to update it.
security definer
set search_path = ''
as $$
    select
    from ledger.book as b
    where b.fund_id = p_fund_id
    for update
$$;

comment on function ledger.hold_book(uuid) is
'Locks the fund''s books until commit; nothing when there are none. See ledger.lock_book.';
grant execute on function ledger.hold_book(uuid) to qb_admin, qb_editor, qb_editor_scoped;
