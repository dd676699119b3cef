-- The internal rate of return of dated flows as an aggregate, so that every grouping, filter and
-- window of SQL serves it. Workers of a parallel query note flows each on their own.
create or replace aggregate fund.xirr (p_amount numeric, p_flow_on date)(
    sfunc = fund._xirr_add,
    stype = text,
    sspace = 1024,
    initcond = '4096;',
    combinefunc = fund._xirr_combine,
    finalfunc = fund._xirr_rate,
    parallel = safe
);

comment on aggregate fund.xirr (numeric, date) is
'The annual internal rate of return of flows, as a fraction (0.25 is 25 % a year): the r with '
'sum(p_amount / (1 + r)^(days / 365)) = 0, days counted from the first flow, actual/365. What is '
'paid in is negative, what is paid out or left (a final net asset value) positive. Flows of a day '
'are added up, order does not matter, a row with a null is left out. Null when there is no such '
'rate; the one nearest 0 when there are several: fund.xirr_detail says so, and why.';
grant execute on function fund.xirr(numeric, date) to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_investor, qb_editor_scoped, qb_viewer_scoped;
