-- Management fees, distributions and net asset value: rows of fund.event, as in 0023.

create table fund.fee_adjustment (
    fund_id uuid not null,
    event_id uuid not null,
    kind text not null,
    investor_id uuid,
    from_on date not null,
    to_on date,
    amount numeric,
    share numeric,
    credited_amount numeric,
    memo text,
    primary key (fund_id, event_id),
    foreign key (fund_id, event_id) references fund.event (fund_id, event_id),
    foreign key (fund_id, investor_id) references fund.commitment (fund_id, investor_id),
    constraint fee_adjustment_kind_known check (kind in ('waiver', 'rebate', 'offset')),
    constraint fee_adjustment_is_amount_or_share check (
        num_nonnulls(amount, share) = 1 and (share is null or kind <> 'offset')
    ),
    constraint fee_adjustment_to_the_cent check (
        amount = round(amount, 2) and amount > 0 and amount < 1e15
    ),
    constraint fee_adjustment_share_in_range check (share > 0 and share <= 1),
    constraint fee_adjustment_ends_after_it_begins check (to_on > from_on),
    constraint fee_offset_is_for_all_on_one_day check (
        kind <> 'offset' or (investor_id is null and to_on is null)
    ),
    constraint fee_offset_is_credited check (
        (kind = 'offset') = (credited_amount is not null)
        and credited_amount = round(credited_amount, 2) and credited_amount between 0 and amount
    )
);
create index fee_adjustment_fund_id_investor_id_idx on fund.fee_adjustment (fund_id, investor_id);
comment on table fund.fee_adjustment is
'One row per reason to take less than the gross management fee: a waiver or rebate (an amount, or '
'a share of the fee) for a partner or for all, or a fee of a portfolio company that offsets it.';
comment on column fund.fee_adjustment.investor_id is
'Null: all partners.';
comment on column fund.fee_adjustment.from_on is
'First day of a waiver or rebate; the day on which the manager received the company''s fee.';
comment on column fund.fee_adjustment.to_on is
'First day after it; null: no end, or one day.';
comment on column fund.fee_adjustment.amount is
'Taken off once, however many accruals that takes; of an offset, what the manager received.';
comment on column fund.fee_adjustment.share is
'Part, above 0, at most 1, of the gross fee of its days.';
comment on column fund.fee_adjustment.credited_amount is
'Part of the amount of an offset that the partners are credited (fee_offset_share of the terms of '
'its day); null for the others.';
comment on constraint fee_adjustment_kind_known on fund.fee_adjustment is
'The kind of adjustment is not known. Hint: Use waiver, rebate or offset.';
comment on constraint fee_adjustment_is_amount_or_share on fund.fee_adjustment is
'An adjustment has either an amount or a share, an offset an amount. Hint: Send one of the two.';
comment on constraint fee_adjustment_to_the_cent on fund.fee_adjustment is
'The amount is above 0 and to the cent. Hint: Send plain currency units such as 25000.00.';
comment on constraint fee_adjustment_share_in_range on fund.fee_adjustment is
'The share is above 0 and at most 1. Hint: Send 0.25 for a quarter of the fee.';
comment on constraint fee_adjustment_ends_after_it_begins on fund.fee_adjustment is
'The adjustment ends before it begins. Hint: to_on is the first day after it.';
comment on constraint fee_offset_is_for_all_on_one_day on fund.fee_adjustment is
'An offset is shared by all partners and has one day. Hint: Leave investor and to_on out.';

create table fund.fee_run (
    fund_id uuid not null,
    event_id uuid not null,
    run_kind text not null,
    from_on date not null,
    to_on date not null,
    gross_amount numeric not null,
    waived_amount numeric not null,
    rebated_amount numeric not null,
    offset_brought_forward numeric not null,
    offset_added numeric not null,
    offset_amount numeric not null,
    offset_carried_forward numeric not null,
    net_amount numeric not null,
    primary key (fund_id, event_id),
    foreign key (fund_id, event_id) references fund.event (fund_id, event_id),
    constraint fee_run_kind_known check (run_kind in ('period', 'catch_up')),
    constraint fee_run_ends_after_it_begins check (to_on > from_on),
    constraint fee_run_nets check (
        net_amount = gross_amount - waived_amount - rebated_amount - offset_amount
        and net_amount >= 0
    ),
    constraint fee_offset_is_carried check (
        offset_carried_forward = offset_brought_forward + offset_added - offset_amount
        and offset_carried_forward >= 0
    )
);
comment on table fund.fee_run is
'One row per accrual of the management fee, of a period or of what new partners catch up: gross, '
'less waivers, rebates and offsets, net; what offsets it cannot take is carried forward.';
comment on column fund.fee_run.to_on is
'First day after the period.';

create table fund.fee_line (
    fund_id uuid not null,
    event_id uuid not null,
    event_on date not null,
    line_number integer not null,
    fee_id uuid not null,
    investor_id uuid not null,
    exact_amount numeric not null,
    gross_amount numeric not null,
    waived_amount numeric not null,
    rebated_amount numeric not null,
    offset_amount numeric not null,
    net_amount numeric not null,
    primary key (fund_id, event_on, event_id, line_number),
    foreign key (fund_id, event_on, event_id)
    references fund.event (fund_id, event_on, event_id),
    foreign key (fund_id, fee_id) references fund.fee_run (fund_id, event_id),
    foreign key (fund_id, investor_id) references fund.commitment (fund_id, investor_id),
    constraint fee_line_nets check (
        net_amount = gross_amount - waived_amount - rebated_amount - offset_amount
    )
);
create index fee_line_fund_id_fee_id_idx on fund.fee_line (fund_id, fee_id);
create index fee_line_fund_id_investor_id_idx on fund.fee_line (fund_id, investor_id);
comment on table fund.fee_line is
'One row per accrual (fee_id) and partner, and per later event that took it back or moved it.';
comment on column fund.fee_line.exact_amount is
'The gross fee before rounding.';

create table fund.fee_segment (
    fund_id uuid not null,
    event_id uuid not null,
    investor_id uuid not null,
    segment_number integer not null,
    from_on date not null,
    to_on date not null,
    fee_rate numeric not null,
    fee_base text not null,
    base_amount numeric not null,
    day_count text not null,
    year_fraction numeric not null,
    exact_amount numeric not null,
    primary key (fund_id, event_id, investor_id, segment_number),
    foreign key (fund_id, event_id) references fund.fee_run (fund_id, event_id),
    foreign key (fund_id, investor_id) references fund.commitment (fund_id, investor_id)
);
create index fee_segment_fund_id_investor_id_idx on fund.fee_segment (fund_id, investor_id);
comment on table fund.fee_segment is
'One row per accrual, partner and run of days with one rate and one base: base_amount x fee_rate '
'x year_fraction is its exact fee.';
comment on column fund.fee_segment.to_on is
'First day after the run of days.';
comment on column fund.fee_segment.year_fraction is
'fund.year_fraction of these days.';

create table fund.fee_reduction (
    fund_id uuid not null,
    event_id uuid not null,
    adjustment_id uuid not null,
    amount numeric not null,
    primary key (fund_id, event_id, adjustment_id),
    foreign key (fund_id, event_id) references fund.fee_run (fund_id, event_id),
    foreign key (fund_id, adjustment_id) references fund.fee_adjustment (fund_id, event_id),
    constraint fee_reduction_to_the_cent check (amount = round(amount, 2) and amount > 0)
);
create index fee_reduction_fund_id_adjustment_id_idx
on fund.fee_reduction (fund_id, adjustment_id);
comment on table fund.fee_reduction is
'One row per accrual and adjustment that reduced it, and by how much. Offsets are used in the '
'order of their days.';

create table fund.fee_payment (
    fund_id uuid not null,
    event_id uuid not null,
    paid_on date not null,
    amount numeric not null,
    primary key (fund_id, event_id),
    foreign key (fund_id, event_id) references fund.event (fund_id, event_id),
    constraint fee_payment_to_the_cent check (amount = round(amount, 2) and amount > 0)
);
comment on table fund.fee_payment is
'One row per payment of accrued management fee to the manager.';

create table fund.distribution (
    fund_id uuid not null,
    event_id uuid not null,
    distribution_number integer not null,
    declared_on date not null,
    paid_on date not null,
    amount numeric not null,
    recallable_amount numeric not null,
    recallable_until date,
    purpose text,
    primary key (fund_id, event_id),
    foreign key (fund_id, event_id) references fund.event (fund_id, event_id),
    constraint distribution_paid_after_declared check (paid_on >= declared_on),
    constraint distribution_to_the_cent check (
        amount = round(amount, 2) and amount > 0 and amount < 1e15
        and recallable_amount = round(recallable_amount, 2)
        and recallable_amount between 0 and amount
    )
);
comment on table fund.distribution is
'One row per distribution to the partners. Its event_id is the distribution_id of its lines. What '
'is recallable is said in the notice and not changed later.';
comment on column fund.distribution.recallable_until is
'Last day on which the recallable part can be called again; null: without end, or nothing is.';

create table fund.distribution_line (
    fund_id uuid not null,
    event_id uuid not null,
    event_on date not null,
    line_number integer not null,
    distribution_id uuid not null,
    investor_id uuid not null,
    reason text not null,
    flow_on date,
    weight numeric not null,
    exact_amount numeric not null,
    amount numeric not null,
    recallable_amount numeric not null,
    primary key (fund_id, event_on, event_id, line_number),
    foreign key (fund_id, event_on, event_id)
    references fund.event (fund_id, event_on, event_id),
    foreign key (fund_id, distribution_id) references fund.distribution (fund_id, event_id),
    foreign key (fund_id, investor_id) references fund.commitment (fund_id, investor_id),
    constraint distribution_line_reason_known check (
        reason in ('pro_rata', 'given', 'rebalancing', 'transfer', 'reversal')
    ),
    constraint distribution_line_to_the_cent check (
        amount = round(amount, 2) and recallable_amount = round(recallable_amount, 2)
    ),
    constraint distributed_amount_not_negative check (
        reason not in ('pro_rata', 'given') or (amount >= 0 and recallable_amount >= 0)
    )
);
create index distribution_line_fund_id_distribution_id_idx
on fund.distribution_line (fund_id, distribution_id);
create index distribution_line_fund_id_investor_id_idx
on fund.distribution_line (fund_id, investor_id);
comment on table fund.distribution_line is
'One row per distribution, partner and thing that set or changed the partner''s part of it: the '
'distribution itself, a later close, a transfer, a reversal.';
comment on column fund.distribution_line.flow_on is
'Day that the money counts from in the partner''s cash flows; null: the day on which the '
'distribution is paid, for what a close rebalances event_on.';

create table fund.nav (
    fund_id uuid not null,
    event_id uuid not null,
    as_of date not null,
    fair_value numeric not null,
    nav_amount numeric not null,
    last_entry_number bigint not null,
    memo text,
    primary key (fund_id, event_id),
    foreign key (fund_id, event_id) references fund.event (fund_id, event_id),
    constraint nav_to_the_cent check (
        fair_value = round(fair_value, 2) and nav_amount = round(nav_amount, 2)
        and fair_value >= 0 and fair_value < 1e15
    )
);
comment on table fund.nav is
'One row per mark of a fund''s investments to fair value, at the end of a quarter, and the net '
'asset value that the books then show.';
comment on column fund.nav.fair_value is
'Fair value of all investments on as_of.';
comment on column fund.nav.last_entry_number is
'Number of the last entry of the journal then: what was posted later, for whatever day, is not in '
'nav_amount.';

create table fund.nav_line (
    fund_id uuid not null,
    event_id uuid not null,
    event_on date not null,
    line_number integer not null,
    nav_id uuid not null,
    investor_id uuid not null,
    result_amount numeric not null,
    nav_amount numeric not null,
    primary key (fund_id, event_on, event_id, line_number),
    foreign key (fund_id, event_on, event_id)
    references fund.event (fund_id, event_on, event_id),
    foreign key (fund_id, nav_id) references fund.nav (fund_id, event_id),
    foreign key (fund_id, investor_id) references fund.commitment (fund_id, investor_id),
    constraint nav_line_to_the_cent check (
        result_amount = round(result_amount, 2) and nav_amount = round(nav_amount, 2)
    )
);
create index nav_line_fund_id_nav_id_idx on fund.nav_line (fund_id, nav_id);
create index nav_line_fund_id_investor_id_idx on fund.nav_line (fund_id, investor_id);
comment on table fund.nav_line is
'One row per net asset value (nav_id) and partner: the result that it was allocated, and its '
'capital account then.';

alter table fund.fee_adjustment enable row level security;
alter table fund.fee_run enable row level security;
alter table fund.fee_line enable row level security;
alter table fund.fee_segment enable row level security;
alter table fund.fee_reduction enable row level security;
alter table fund.fee_payment enable row level security;
alter table fund.distribution enable row level security;
alter table fund.distribution_line enable row level security;
alter table fund.nav enable row level security;
alter table fund.nav_line enable row level security;
