-- POST /v1/company/: creates or updates a company.
create or replace function company.save_company(
    p_company jsonb,
    p_if_match text default null
)
returns table (status integer, etag text, body text)
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_company_id text := coalesce(p_company ->> 'company_id', gen_random_uuid()::text);
    v_old company.company;
    v_status integer;
begin
    -- Locks in the order the derivation takes them: the shared lock, then the company.
    perform fx.lock_derivation(false);
    select c.* into v_old from company.company as c where c.company_id = v_company_id for update;
    perform ops.check_if_match(p_if_match, v_old.row_version);

    perform company.write_company(v_company_id, v_old, p_company);

    v_status := case when v_old.company_id is null then 201 else 200 end;
    return query
    select
        v_status,
        format('"%s"', r.row_version),
        ops.success_body(v_status, 'Company record created/updated successfully.', to_json(r))
    from company.company_record as r
    where r.company_id = v_company_id;
end
$$;

comment on function company.save_company(jsonb, text) is
'Creates (201) or updates (200) a company from the keys of POST /v1/company/: an absent key leaves '
'the column, an explicit null clears it. Raises QB400 company_name_not_blank, '
'reporting_currency_required, country_unknown, fund_unknown, fund_required, '
'company_keeps_its_fund, valuation_restated_together; QB409 valuation_by_rounds; QB412 '
'stale_version; the table''s constraints.';
grant execute on function company.save_company(jsonb, text) to
qb_admin, qb_editor, qb_editor_scoped;
