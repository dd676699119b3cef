-- On every day a fund has one version of its terms at most.
create or replace view ops.check_terms_do_not_overlap
with (security_invoker = true)
as
select
    t.fund_id,
    t.valid_from,
    o.valid_from as other_valid_from,
    'versions overlap' as finding
from fund.terms as t
inner join fund.terms as o
    on
        t.fund_id = o.fund_id
        and t.valid_from < o.valid_from
        and (t.valid_to is null or t.valid_to > o.valid_from);

comment on view ops.check_terms_do_not_overlap is
'One row per fund and two versions of its terms that hold on the same day. Cure: end the earlier '
'version on the day from which the later one holds.';
