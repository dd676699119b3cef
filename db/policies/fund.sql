-- Who sees and changes funds and their partners. The firm sees every fund; a narrowed user those
-- that he sees whole; an investor the funds that it is a partner of, and there its own rows only:
-- of what all partners share (a call, a distribution) it reads the days, not the totals. What an
-- event writes is nobody's to write but fund.run_event's.
-- A company that names an unknown fund creates it, hence the insert. A
-- narrowed user sees a fund whose every company is visible, and no other: what is joined to this
-- table shows no part of a fund as if it were the whole. The kept totals, the notes of what changed
-- and the state of their refresh have no policy: nobody reads them but through functions and the
-- facade fund.portfolio_quarter.

grant usage on schema fund to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_investor, qb_editor_scoped,
qb_viewer_scoped, qb_jobs;

grant select on fund.fund to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_submitter, qb_editor_scoped, qb_viewer_scoped;
grant insert (name, currency, vintage_year, status) on fund.fund to qb_admin, qb_editor;
grant update (name, currency, vintage_year, status) on fund.fund to
qb_admin, qb_editor, qb_editor_scoped;
create policy select_firm on fund.fund for select
to qb_admin, qb_editor, qb_viewer, qb_auditor using (true);
create policy select_narrowed on fund.fund for select
to qb_submitter, qb_editor_scoped, qb_viewer_scoped
using (fund_id = any((select security.visible_funds())::uuid[]));
create policy insert_editors on fund.fund for insert
to qb_admin, qb_editor with check (true);
create policy update_editors on fund.fund for update
to qb_admin, qb_editor using (true) with check (true);
create policy update_narrowed on fund.fund for update
to qb_editor_scoped
using (fund_id = any((select security.visible_funds())::uuid[]))
with check (fund_id = any((select security.visible_funds())::uuid[]));

create policy select_investors on fund.fund for select
to qb_investor using (fund_id = any((select security.visible_partner_funds())::uuid[]));
grant select on fund.fund to qb_investor;

do $$
declare
    v_table text;
    -- What concerns one partner; what the firm sees; what all share, with what an investor reads.
    v_of_partner constant text[] := array[
        'commitment', 'commitment_line', 'capital_call_line', 'payment', 'payment_line',
        'late_interest', 'partner_default', 'true_up_interest', 'fee_line', 'fee_segment',
        'distribution_line', 'nav_line'
    ];
    v_of_firm constant text[] := array[
        'fee_step', 'event', 'close', 'transfer', 'fee_adjustment',
        'fee_reduction', 'fee_payment'
    ];
    v_shared constant jsonb := '{'
        '"capital_call": "fund_id, event_id, call_number, notice_on, due_on, purpose",'
        '"distribution": "fund_id, event_id, distribution_number, declared_on, paid_on,'
        ' recallable_until, purpose",'
        '"fee_run": "fund_id, event_id, run_kind, from_on, to_on",'
        '"nav": "fund_id, event_id, as_of",'
        '"terms": "fund_id, valid_from, valid_to, recallable_in_performance, paid_in_dated_by"}';
begin
    foreach v_table in array
        v_of_partner || v_of_firm || array(select jsonb_object_keys(v_shared))
    loop
        execute format(
            'grant select on fund.%1$I to qb_admin, qb_editor, qb_viewer, qb_auditor,'
            ' qb_editor_scoped, qb_viewer_scoped', v_table
        );
        execute format(
            'create policy select_firm on fund.%1$I for select'
            ' to qb_admin, qb_editor, qb_viewer, qb_auditor using (true)', v_table
        );
        execute format(
            'create policy select_narrowed on fund.%1$I for select'
            ' to qb_editor_scoped, qb_viewer_scoped'
            ' using (fund_id = any((select security.visible_funds())::uuid[]))', v_table
        );
    end loop;
    foreach v_table in array v_of_partner loop
        execute format('grant select on fund.%I to qb_investor', v_table);
        execute format(
            'create policy select_investors on fund.%I for select to qb_investor'
            ' using (investor_id = any((select security.visible_investors())::uuid[]))', v_table
        );
    end loop;
    for v_table in select jsonb_object_keys(v_shared) loop
        execute format(
            'grant select (%s) on fund.%I to qb_investor', v_shared ->> v_table, v_table
        );
        execute format(
            'create policy select_investors on fund.%I for select to qb_investor'
            ' using (fund_id = any((select security.visible_partner_funds())::uuid[]))', v_table
        );
    end loop;
end
$$;

-- Terms are agreed in versions: one is added, ended, or deleted before anything is recorded by it.
grant insert (
    fund_id, valid_from, valid_to, term_ends_on, investment_period_ends_on, allocation_basis,
    recallable_expiry_days, recallable_in_performance, paid_in_dated_by, true_up_rate,
    true_up_day_count, true_up_compounding, true_up_recipient, late_interest_rate,
    late_interest_day_count, late_grace_days, fee_day_count, fee_timing, fee_basis,
    fee_period_months, fee_offset_share, fee_from, fee_free_classes
), update (valid_to), delete on fund.terms to qb_admin, qb_editor, qb_editor_scoped;
grant insert, delete on fund.fee_step to qb_admin, qb_editor, qb_editor_scoped;

do $$
declare
    v_table text;
    v_narrowed constant text := '(fund_id = any((select security.visible_funds())::uuid[]))';
begin
    foreach v_table in array array['terms', 'fee_step'] loop
        execute format(
            'create policy insert_editors on fund.%1$I for insert to qb_admin, qb_editor'
            ' with check (true);'
            'create policy insert_narrowed on fund.%1$I for insert to qb_editor_scoped'
            ' with check %2$s;'
            'create policy delete_editors on fund.%1$I for delete to qb_admin, qb_editor'
            ' using (true);'
            'create policy delete_narrowed on fund.%1$I for delete to qb_editor_scoped'
            ' using %2$s',
            v_table,
            v_narrowed
        );
    end loop;
end
$$;

create policy update_editors on fund.terms for update
to qb_admin, qb_editor using (true) with check (true);
create policy update_narrowed on fund.terms for update
to qb_editor_scoped
using (fund_id = any((select security.visible_funds())::uuid[]))
with check (fund_id = any((select security.visible_funds())::uuid[]));

-- Investors are shared between funds: a narrowed user meets those of his own funds.
grant select on fund.investor to
qb_admin, qb_editor, qb_viewer, qb_auditor, qb_editor_scoped, qb_viewer_scoped, qb_investor;
create policy select_firm on fund.investor for select
to qb_admin, qb_editor, qb_viewer, qb_auditor using (true);
create policy select_narrowed on fund.investor for select
to qb_editor_scoped, qb_viewer_scoped
using (investor_id = any((select security.visible_fund_investors())::uuid[]));
create policy select_investors on fund.investor for select
to qb_investor using (investor_id = any((select security.visible_investors())::uuid[]));
grant insert (investor_id, investor_code, name, investor_type, country),
update (investor_code, name, investor_type, country)
on fund.investor to qb_admin, qb_editor, qb_editor_scoped;
create policy insert_editors on fund.investor for insert
to qb_admin, qb_editor, qb_editor_scoped with check (true);
create policy update_editors on fund.investor for update
to qb_admin, qb_editor using (true) with check (true);
-- A narrowed editor admits new partners to his funds, and corrects what he entered himself; what
-- others keep may be a partner of hidden funds too.
create policy update_narrowed on fund.investor for update
to qb_editor_scoped
using (investor_id = any((select security.own_investors())::uuid[]))
with check (investor_id = any((select security.own_investors())::uuid[]));

-- Contacts are personal data: for those who write to investors, and for the investor itself. Who
-- only reads has no business with them, auditors included: nobody with a database login has.
grant select on fund.investor_contact to qb_admin, qb_editor, qb_editor_scoped, qb_investor;
grant insert (investor_id, name, email, phone, is_primary), update (name, email, phone, is_primary),
delete on fund.investor_contact to qb_admin, qb_editor, qb_editor_scoped;
create policy select_investors on fund.investor_contact for select
to qb_investor using (investor_id = any((select security.visible_investors())::uuid[]));

do $$
declare
    v_command text;
    v_narrowed constant text :=
        '(investor_id = any((select security.visible_fund_investors())::uuid[]))';
begin
    foreach v_command in array array['select', 'insert', 'update', 'delete'] loop
        execute format(
            'create policy %1$s_editors on fund.investor_contact for %1$s'
            ' to qb_admin, qb_editor %2$s',
            v_command,
            case v_command
                when 'insert' then 'with check (true)'
                when 'update' then 'using (true) with check (true)'
                else 'using (true)'
            end
        );
        execute format(
            'create policy %1$s_narrowed on fund.investor_contact for %1$s'
            ' to qb_editor_scoped %2$s',
            v_command,
            case v_command
                when 'insert' then 'with check ' || v_narrowed
                when 'update' then format('using %1$s with check %1$s', v_narrowed)
                else 'using ' || v_narrowed
            end
        );
    end loop;
end
$$;
