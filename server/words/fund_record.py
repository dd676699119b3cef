"""Words of a fund's lists, measures and explanations."""

from __future__ import annotations

from server.schemas import fund_record as shapes
from server.words.fund_line import CALL_PART, SHARE

_CALL = {
    "call_number": "1, 2, 3, … within the fund.",
    "notice_on": "Day of the notice.",
    "due_on": "Day by which partners pay.",
    "purpose": "What the money is for, as the notice says.",
    "capital_amount": "Called for investments and expenses, as it stands now.",
    "fee_amount": "Called for the management fee, as it stands now.",
    "called_amount": "`capital_amount` and `fee_amount` together.",
    "paid_amount": "What of it was paid, less what closes gave back.",
    "open_amount": "Called and not paid, due or not. What a partner in default owed is not called "
    "any more, and not in it.",
}
_MEASURES = {
    "commitment_amount": "Committed, as of that evening.",
    "called_amount": "Called so far: capital and fees.",
    "paid_in_amount": "Paid in of that: no advances, no interest, less what closes gave back.",
    "receivable_amount": "Called and not paid yet, due or not.",
    "distributed_amount": "Distributed and paid out, recallable or not.",
    "payable_amount": "Distributed and not paid out yet.",
    "recallable_amount": "What of distributions can still be called again.",
    "unfunded_amount": "What can still be called: commitment less called, and what can be called "
    "again. A partner in default keeps what it did not pay in it, though no call asks it.",
    "nav_amount": "Capital accounts as the books show them: the result up to the last net asset "
    "value, and what was called and distributed since. Called and unpaid capital is in it, unless "
    "the books take it off (`receivable_as` equity).",
    "residual_amount": "Value that multiples and net IRR count as left: paid in, less paid out, "
    "and the result. It differs from `nav_amount` by what is called or declared, and not paid.",
    "dpi": "Distributed to paid-in. Null: nothing was paid in.",
    "rvpi": "Residual to paid-in. Null: nothing was paid in.",
    "tvpi": "Distributed and residual to paid-in. Null: nothing was paid in.",
    "pic": "Paid-in to commitment, a fraction. Null: nothing was committed.",
    "net_irr": "A fraction a year (0.12 is 12 %), actual/365 as XIRR counts; when "
    "`is_under_one_year`, what the whole time returned, not annualised. Null: see "
    "`net_irr_reason`.",
    "is_under_one_year": "Fewer than 365 days from the first flow to the last: `net_irr` is not a "
    "year's.",
    "net_irr_reason": "Why there is none: `no_sign_change` (nothing was put in, or nothing came "
    "out), `same_day_only`, `no_root`, `not_converged`, `out_of_range`, `not_finite`. Null: there "
    "is one.",
    "has_other_irr": "Other rates fit the flows too; this is the one nearest 0.",
    "recallable_in_performance": "Whether the multiples count recallable distributions (`all_in`) "
    "or not (`excluded`), by the terms of that day.",
}
WORDS: dict[type, dict[str, str]] = {
    shapes.Commitment: {
        "investor_class": "Class for fees.",
        "commitment_amount": "What it has committed, as it stands now.",
        "first_committed_on": "Day of its first commitment; null: none.",
        "last_changed_on": "Day of the last change of it, reversals included.",
    },
    shapes.CapitalCall: _CALL,
    shapes.CalledPartner: {
        **{name: _CALL[name] for name in _CALL if name.endswith("_amount")},
        "is_excused": "Excused, and called no capital.",
    },
    shapes.CallLeg: {
        **CALL_PART,
        "event_id": "The event that wrote it.",
        "event_on": "Day of that event.",
    },
    shapes.CapitalCallDetail: {
        "partners": "What stands of the call for each partner.",
        "lines": "Everything that set or changed these parts, in order; a part is their sum.",
    },
    shapes.Payment: {
        "received_on": "Day of receipt.",
        "amount": "Received. A reversed payment stands with its amounts.",
        "call_amount": "What of it paid calls, with an advance that was used then: it can be more "
        "than was received.",
        "late_interest_amount": "What of it paid late interest.",
        "advance_amount": "What of it was kept in advance; below 0: used of an earlier one.",
    },
    shapes.Close: {
        "close_number": "1, 2, 3, … within the fund.",
        "closed_on": "Day of the close.",
        "partner_count": "Partners that committed with it.",
        "committed_amount": "What they committed with it.",
        "true_up_interest_amount": "Interest that partners paid with it.",
    },
    shapes.Transfer: {
        "transferred_on": "Day of the transfer.",
        "seller_id": "investor_id of the seller.",
        "seller_code": "investor_code of the seller.",
        "seller": "Name of the seller.",
        "buyer_id": "investor_id of the buyer.",
        "buyer_code": "investor_code of the buyer.",
        "buyer": "Name of the buyer.",
        "fraction": "Part of the seller's interest that passed, above 0, at most 1.",
        "commitment_amount": "Commitment that passed with it.",
    },
    shapes.Fee: {
        "run_kind": "`period`: of a fee period. `catch_up`: what partners of a close owed for days "
        "accrued before it.",
        "from_on": "First day of the period.",
        "to_on": "First day after the period.",
        "gross_amount": "Fee before anything is taken off.",
        "waived_amount": "Taken off by waivers.",
        "rebated_amount": "Taken off by rebates.",
        "offset_amount": "Taken off by fees of portfolio companies.",
        "net_amount": "Gross less waivers, rebates and offset.",
    },
    shapes.Distribution: {
        "distribution_number": "1, 2, 3, … within the fund.",
        "declared_on": "Day on which it was posted as owed.",
        "paid_on": "Day on which the money leaves the fund.",
        "recallable_until": "Last day on which the recallable part can be called again; null: "
        "without end, or nothing is.",
        "purpose": "What it is of, as the notice says.",
        "amount": "Distributed, as it stands now.",
        "recallable_amount": "What of it was declared recallable: calls that use it and its lapse "
        "leave this as it is (`recallable_amount` of measures is what is left).",
    },
    shapes.DistributionLeg: {
        **SHARE,
        "event_id": "The event that wrote it.",
        "event_on": "Day of that event.",
    },
    shapes.DistributionDetail: {
        "lines": "Everything that set or changed partners' parts, in order; a part is their sum."
    },
    shapes.Nav: {
        "as_of": "Last day of a quarter.",
        "nav_amount": "Capital accounts as they were struck; what was posted later is not in it.",
        "result_amount": "Result allocated since the net asset value before, with what closes "
        "shared anew meanwhile: neither the change of fair value nor that of `nav_amount`, which "
        "is also of what was called and distributed. Of a superseded one what it allocated itself.",
        "status": "`current`: what the books say of its day. `stale`: what was posted since for "
        "days up to it changed the capital of a partner or of all, or what the investments stand "
        "at; mark the day again. `superseded`: the same day was marked "
        "again. `reversed`: taken back.",
    },
    shapes.CashFlow: {
        "flow_on": "Day that it counts from: receipt, or due date (`paid_in_dated_by` of the "
        "terms); payment of a distribution. What takes a row back has the day of that row.",
        "kind": "`contribution`: paid of a call. `rebalancing`: of calls, by a close. `transfer`: "
        "of contributions, to who bought the interest. `distribution`, `distribution_rebalancing`, "
        "`distribution_transfer`: the same of distributions. `advance`: paid before it was called, "
        "taken back when a call uses it. `late_interest`, `true_up_interest`: outside commitment.",
        "amount": "From the partner's side: what it paid is below 0, what it got above.",
        "paid_in_amount": "What of it is paid-in capital, above 0 when it was paid; neither "
        "advances nor interest.",
        "distributed_amount": "What of it is distributed, `recallable_amount` included.",
        "recallable_amount": "What of it can be called again.",
        "event_on": "Day of the event that wrote it in the books: it counts from then on.",
    },
    shapes.ExplainedStep: {
        "step": "1, 2, 3, …",
        "what": "What the step is.",
        "amount": "Its number: in the fund's currency, or a weight, rate or part of a year, as "
        "`what` says.",
        "explanation": "Where that is from.",
    },
    shapes.LineExplanation: {"steps": "From what was asked to the cent that was written."},
    shapes._Measures: _MEASURES,
    shapes.Position: {"investor_class": "Class for fees."},
    shapes.Positions: {"as_of": "The evening asked for.", "positions": "One for each partner."},
    shapes.Measures: {
        "as_of": "The evening asked for.",
        "limited_only": "Whether partners of the class general_partner are left out.",
        "investor_count": "Partners with a commitment then.",
    },
}
