-- A received text as a finite number, or null: a feed's nonsense is quarantined, not raised.
create or replace function fx._parse_rate(
    p_text text
)
returns numeric
language sql
immutable
as $$
    select
        case
            when p_text ~ '^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$' then p_text::numeric
        end
$$;

comment on function fx._parse_rate(text) is
'Number of a text; null when it is none, NaN or infinite.';
