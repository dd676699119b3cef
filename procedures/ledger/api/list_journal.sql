-- GET /v1/funds/{fund_id}/journal: one page of a fund's entries, each with its lines.
create or replace function ledger.list_journal(
    p_fund_id uuid,
    p_kind text default null,
    p_account text default null,
    p_investor text default null,
    p_event_id uuid default null,
    p_start_date date default null,
    p_end_date date default null,
    p_sort text default null,
    p_limit integer default 100,
    p_offset integer default 0,
    p_link text default '/v1/funds?'
)
returns table (status integer, etag text, body text)
language plpgsql
stable
security invoker
set search_path = ''
as $$
begin
    perform fund.require_fund(p_fund_id);
    return query execute format(
        'with matching as ('
        'select r.* from ledger.journal_entry as r where r.fund_id = $1 '
        'and ($2 is null or r.kind = $2) '
        'and ($5 is null or (r.source_room = ''fund'' and r.source_key = $5)) '
        'and ($6 is null or r.entry_on >= $6) and ($7 is null or r.entry_on <= $7)%s) '
        'select 200, null::text, ops.list_body(''Journal.'', ('
        'select json_agg(ledger.entry_record(p.fund_id, p.entry_id)) from ('
        'select r.fund_id, r.entry_id from matching as r %s limit $8 offset $9) as p'
        '), (select count(*) from matching), $8, $9, $10)',
        case
            when p_account is not null or p_investor is not null
                then ' and exists (select from ledger.journal_line as l '
                'left join fund.investor as i on l.partner_id = i.investor_id '
                'where l.fund_id = r.fund_id and l.entry_on = r.entry_on '
                'and l.entry_id = r.entry_id and ($3 is null or l.account_number = $3) '
                'and ($4 is null or i.investor_code = $4 or l.partner_id::text = lower($4)))'
            else ''
        end,
        ops.sort_clause('ledger.journal_entry', p_sort, array['entry_number'])
    )
    using
        p_fund_id,
        p_kind,
        p_account,
        p_investor,
        p_event_id::text,
        p_start_date,
        p_end_date,
        p_limit,
        p_offset,
        p_link;
end
$$;

comment on function ledger.list_journal(
    uuid, text, text, text, uuid, date, date, text, integer, integer, text
) is
'One page of the entries of a fund''s books, by kind, account and partner (code or id) of one of '
'their lines, event of the fund that posted them, and day, both ends included; ordered by p_sort, '
'then entry_number. Raises QB404 fund_not_found, QB400 sort_unknown.';
grant execute on function ledger.list_journal(
    uuid, text, text, text, uuid, date, date, text, integer, integer, text
) to qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
