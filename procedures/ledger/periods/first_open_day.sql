-- The first day that can be posted to: closed periods are always the first ones.
create or replace function ledger.first_open_day(
    p_fund_id uuid
)
returns date
language sql
stable
security invoker
set search_path = ''
as $$
    select coalesce(
        (
            select max(p.last_on) + 1
            from ledger.period as p
            where p.fund_id = b.fund_id and p.is_closed
        ),
        b.first_on
    )
    from ledger.book as b
    where b.fund_id = p_fund_id
$$;

comment on function ledger.first_open_day(uuid) is
'First day of the fund''s books that is in no closed period; null when it has no books.';
grant execute on function ledger.first_open_day(uuid) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
