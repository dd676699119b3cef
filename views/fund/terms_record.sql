-- A version of a fund's terms as the API answers it.
create or replace view fund.terms_record
with (security_invoker = true)
as
select
    t.fund_id,
    t.valid_from,
    t.valid_to,
    t.term_ends_on,
    t.investment_period_ends_on,
    t.allocation_basis,
    t.recallable_expiry_days,
    t.recallable_in_performance,
    t.paid_in_dated_by,
    t.true_up_rate,
    t.true_up_day_count,
    t.true_up_compounding,
    t.true_up_recipient,
    t.late_interest_rate,
    t.late_interest_day_count,
    t.late_grace_days,
    t.fee_day_count,
    t.fee_timing,
    t.fee_basis,
    t.fee_period_months,
    t.fee_offset_share,
    t.fee_from,
    t.fee_free_classes,
    (
        select
            coalesce(
                jsonb_agg(
                    jsonb_build_object(
                        'investor_class', s.investor_class,
                        'from_on', s.from_on,
                        'fee_rate', s.fee_rate,
                        'fee_base', s.fee_base
                    )
                    order by s.investor_class, s.from_on
                ),
                '[]'
            )
        from fund.fee_step as s
        where s.fund_id = t.fund_id and s.valid_from = t.valid_from
    ) as fee_schedule,
    t.created_date,
    coalesce(cu.display_name, 'Former user') as created_by,
    t.last_update_date,
    case
        when t.last_updated_by is not null then coalesce(lu.display_name, 'Former user')
    end as last_updated_by,
    t.row_version
from fund.terms as t
left join security.person as cu on t.created_by = cu.user_id
left join security.person as lu on t.last_updated_by = lu.user_id;

comment on view fund.terms_record is
'One row per fund and version of its terms, in the keys of GET /v1/funds/{fund_id}/terms.';
grant select on fund.terms_record to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped;
