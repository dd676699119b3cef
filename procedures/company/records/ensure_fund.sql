-- The fund of a name; an unknown name becomes a fund with nothing but that name.
create or replace function company.ensure_fund(
    p_name text
)
returns uuid
language plpgsql
volatile
security invoker
set search_path = ''
as $$
declare
    v_fund_id uuid;
begin
    if p_name is null then
        return null;
    end if;
    select f.fund_id into v_fund_id from fund.fund as f where f.name = p_name;
    if v_fund_id is null then
        insert into fund.fund (name) values (p_name)
        on conflict (name) do nothing;
        select f.fund_id into v_fund_id from fund.fund as f where f.name = p_name;
    end if;
    return v_fund_id;
end
$$;

comment on function company.ensure_fund(text) is
'Fund id of a name, made when unknown; null for null. Raises 23514 fund_name_not_blank.';
grant execute on function company.ensure_fund(text) to qb_admin, qb_editor;
