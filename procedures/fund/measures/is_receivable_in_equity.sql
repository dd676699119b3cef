-- Whether the fund's books show called capital that is not paid yet as taken off the partners'
-- capital, as US GAAP usually does, and not as an asset.
create or replace function fund.is_receivable_in_equity(
    p_fund_id uuid
)
returns boolean
language sql
stable
-- Definer: an investor reads its capital account, and no books.
security definer
set search_path = ''
as $$
    select exists (
        select
        from ledger.account as a
        where a.fund_id = p_fund_id and a.account_number = '1100' and a.kind = 'equity'
    )
$$;

comment on function fund.is_receivable_in_equity(uuid) is
'True when account 1100 of the fund is taken off equity; false when it is an asset, or the fund '
'has no books.';
grant execute on function fund.is_receivable_in_equity(uuid) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped, qb_investor;
