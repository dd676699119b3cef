-- Takes companies in bulk, in the keys of POST /v1/company/. Those already there are left as they
-- are: an import never overwrites what people have corrected.
create or replace function company.import_companies(
    p_rows jsonb
)
returns table (inserted integer, skipped integer)
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_row jsonb;
begin
    inserted := 0;
    skipped := 0;
    for v_row in select e.item from jsonb_array_elements(p_rows) as e (item) loop
        if exists (
            select from company.company as c where c.company_id = v_row ->> 'company_id'
        ) then
            skipped := skipped + 1;
        else
            perform company.save_company(v_row);
            inserted := inserted + 1;
        end if;
    end loop;
    return next;
end
$$;

comment on function company.import_companies(jsonb) is
'Creates the companies of an array of objects (keys of POST /v1/company/) that are not there yet; '
'returns how many were created and skipped.';
grant execute on function company.import_companies(jsonb) to qb_admin, qb_editor;
