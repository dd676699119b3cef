-- What a reported quarter becomes when a correction is laid over it: an absent key leaves its
-- column as it is, an explicit null clears it.
create or replace function company.apply_input_payload(
    p_input company.metrics_input,
    p_payload jsonb
)
returns company.metrics_input
language plpgsql
stable
security invoker
set search_path = ''
as $$
declare
    v_row company.metrics_input := jsonb_populate_record(
        p_input,
        p_payload - array[
            'company_id', 'id', 'quarter_ordinal', 'created_date', 'created_by',
            'last_update_date', 'last_updated_by', 'row_version'
        ]
    );
begin
    -- Another date is another quarter: those that were not sent with it are taken from the date
    -- again, by the trigger that completes submitted quarters.
    if v_row.fiscal_reporting_date is distinct from p_input.fiscal_reporting_date then
        if not p_payload ? 'fiscal_reporting_quarter' then
            v_row.fiscal_reporting_quarter := null;
        end if;
        if not p_payload ? 'reporting_year' then
            v_row.reporting_year := null;
        end if;
        if not p_payload ? 'reporting_quarter' then
            v_row.reporting_quarter := null;
        end if;
    end if;
    return v_row;
end
$$;

comment on function company.apply_input_payload(company.metrics_input, jsonb) is
'The reported quarter that results from a correction (keys of POST /v1/input/); null in a quarter '
'or in the currency means: to be completed.';
grant execute on function company.apply_input_payload(company.metrics_input, jsonb) to
qb_admin, qb_editor, qb_submitter, qb_editor_scoped;
