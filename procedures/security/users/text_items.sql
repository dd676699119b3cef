-- The texts of a JSON array; null when there is none.
create or replace function security.text_items(
    p_array jsonb
)
returns text[]
language sql
immutable
security invoker
set search_path = ''
as $$
    select
        case
            when jsonb_typeof(p_array) = 'array'
                then array(select i.item from jsonb_array_elements_text(p_array) as i (item))
        end
$$;

comment on function security.text_items(jsonb) is
'Items of a JSON array as text[]; null for anything else.';
grant execute on function security.text_items(jsonb) to qb_admin;
