-- finds: bi.planted.a_json, jsonb
-- finds: bi.planted.an_array, text[]
-- finds: bi.planted.a_range, daterange
-- finds: bi.planted.an_interval, interval
-- finds: bi.planted.an_id, uuid
-- finds: bi.planted.a_code, character(3)
-- finds: bi.planted.a_float, double precision
-- finds: bi.planted.an_enum, ops.planted_enum
-- finds: bi.planted.a_domain, ops.planted_domain
create type ops.planted_enum as enum ('a');
create domain ops.planted_domain as numeric;
create view bi.planted as
select
    '{}'::jsonb as a_json,
    '{}'::text[] as an_array,
    'empty'::daterange as a_range,
    '1 day'::interval as an_interval,
    gen_random_uuid() as an_id,
    'USD'::char(3) as a_code,
    1::double precision as a_float,
    'a'::ops.planted_enum as an_enum,
    1::ops.planted_domain as a_domain,
    1::numeric as a_number,
    now() as a_time;
