-- First day of a company's quarter, from its last: the first of the month two months earlier when
-- it ends with a month, else the day after the same day three months earlier (52/53-week years).
create or replace function fx.quarter_start(
    p_quarter_end_on date
)
returns date
language sql
immutable
as $$
    select
        case
            when extract(day from p_quarter_end_on + 1) = 1
                then (date_trunc('month', p_quarter_end_on::timestamp) - interval '2 months')::date
            else (p_quarter_end_on - interval '3 months')::date + 1
        end
$$;

comment on function fx.quarter_start(date) is
'First day of the company''s quarter that ends on p_quarter_end_on.';
grant execute on function fx.quarter_start(date) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
