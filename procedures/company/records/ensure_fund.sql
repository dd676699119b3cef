-- The fund of a name; an unknown name becomes a fund with nothing but that name, unless a narrowed
-- editor sends it: for him a hidden fund and none are the same.
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
    if v_fund_id is null and current_user = 'qb_editor_scoped' then
        raise exception using
            errcode = 'QB400',
            constraint = 'fund_unknown',
            column = 'fund',
            message = 'The fund is not known.',
            hint = 'Send the name of a fund that you see.';
    elsif v_fund_id is null then
        insert into fund.fund (name) values (p_name)
        on conflict (name) do nothing;
        select f.fund_id into v_fund_id from fund.fund as f where f.name = p_name;
    end if;
    return v_fund_id;
end
$$;

comment on function company.ensure_fund(text) is
'Fund id of a name, made when unknown; null for null. Raises QB400 fund_unknown to a '
'narrowed editor, 23514 fund_name_not_blank.';
grant execute on function company.ensure_fund(text) to qb_admin, qb_editor, qb_editor_scoped;
