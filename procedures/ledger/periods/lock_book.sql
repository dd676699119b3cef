-- A fund's books, locked until commit: whoever posts or closes takes this lock first and, within
-- the ledger, no other, so that entries are numbered without gaps, a period is not closed under an
-- entry, and two sessions never wait for each other in a circle. Funds do not wait for each other;
-- whoever posts to several in one transaction takes them in the order of fund_id.
create or replace function ledger.lock_book(
    p_fund_id uuid
)
returns ledger.book
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_book ledger.book;
begin
    -- A snapshot older than the lock cannot see what its last holder committed.
    if current_setting('transaction_isolation') <> 'read committed' then
        raise exception using
            errcode = 'QB409',
            constraint = 'books_need_fresh_snapshot',
            message = 'Books are kept at isolation level read committed only.',
            hint = 'Use read committed, the default.';
    end if;

    -- Seen before it is locked: nobody holds books hidden from him.
    select b.* into v_book from ledger.book as b where b.fund_id = p_fund_id;
    if not found then
        raise exception using
            errcode = 'QB404',
            constraint = 'books_not_found',
            column = 'fund_id',
            message = 'There are no books of this fund.',
            hint = 'Open them with ledger.open_books.';
    end if;
    perform ledger.hold_book(p_fund_id);
    return v_book;
end
$$;

comment on function ledger.lock_book(uuid) is
'Locks the fund''s books until commit and returns them. Raises QB404 books_not_found, QB409 '
'books_need_fresh_snapshot.';
grant execute on function ledger.lock_book(uuid) to qb_admin, qb_editor, qb_editor_scoped;
