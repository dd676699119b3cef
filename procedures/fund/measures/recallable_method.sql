-- Whether the fund's measures count distributions that can be called again.
create or replace function fund.recallable_method(
    p_fund_id uuid,
    p_as_of date
)
returns text
language sql
stable
security invoker
set search_path = ''
as $$
    select coalesce(
        (
            select t.recallable_in_performance
            from fund.terms as t
            where
                t.fund_id = p_fund_id
                and t.valid_from <= p_as_of
                and (t.valid_to is null or t.valid_to > p_as_of)
        ),
        'all_in'
    )
$$;

comment on function fund.recallable_method(uuid, date) is
'all_in or excluded, by the fund''s terms on p_as_of; all_in when it has none.';
grant execute on function fund.recallable_method(uuid, date) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped, qb_investor;
