-- A received text as a date, or null: a feed's nonsense is quarantined, not raised.
create or replace function fx._parse_date(
    p_text text
)
returns date
language sql
stable
as $$
    select
        case
            when p_text ~ '^\d{4}-\d{2}-\d{2}$' and pg_input_is_valid(p_text, 'date')
                then p_text::date
        end
$$;

comment on function fx._parse_date(text) is 'ISO date of a text; null when it is none.';
