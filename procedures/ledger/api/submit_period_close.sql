-- POST /v1/funds/{fund_id}/periods/close: closes a period, for good. A preview says what would be
-- closed, or why it cannot be.
create or replace function ledger.submit_period_close(
    p_fund_id uuid,
    p_last_on date,
    p_preview boolean default false
)
returns table (status integer, etag text, body text)
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_period json;
begin
    perform fund.require_fund(p_fund_id);
    begin
        perform ledger.close_period(p_fund_id, p_last_on);
        select to_json(r)
        into v_period
        from ledger.period_record as r
        where r.fund_id = p_fund_id and r.last_on = p_last_on;
        if p_preview then
            raise exception using
                errcode = 'QB200',
                constraint = 'preview_is_taken_back',
                message = 'A preview is taken back.',
                hint = 'Nobody sees this: it ends the preview.';
        end if;
    exception
        when sqlstate 'QB200' then
            null; -- v_period keeps what it was given.
    end;
    return query
    select
        200,
        null::text,
        ops.success_body(
            200,
            case when p_preview then 'Preview: nothing was closed.' else 'Period closed.' end,
            v_period,
            json_build_object('preview', p_preview)
        );
end
$$;

comment on function ledger.submit_period_close(uuid, date, boolean) is
'Closes the period that ends on p_last_on by ledger.close_period and answers it (200). Raises '
'QB404 fund_not_found, what ledger.close_period raises; preview_is_taken_back stays inside.';
grant execute on function ledger.submit_period_close(uuid, date, boolean) to
qb_admin, qb_editor, qb_editor_scoped;
