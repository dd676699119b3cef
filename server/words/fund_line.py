"""Words of the rows that events write, partner by partner."""

from __future__ import annotations

from server.schemas import fund_line as shapes

WEIGHT = (
    "What the part was in proportion to: units of commitment or unfunded commitment, 0 when "
    "excused; in later rows the change of it."
)
EXACT = (
    "The part before rounding. Running totals of rounded parts follow those of exact ones, so a "
    "single part may differ from its own exact one by more than half a cent."
)
CALL_REASON = (
    "What wrote it: `call`, the call itself; `catch_up`, management fee that a close makes a "
    "partner catch up; `rebalancing`, a later close; `transfer`; `default`; `reversal`."
)
SHARE_REASON = (
    "What wrote it: `pro_rata` or `given`, the distribution itself, shared by commitment or as "
    "its lines said; `rebalancing`, a later close; `transfer`; `reversal`."
)
CALL_PART = {
    "reason": CALL_REASON,
    "is_excused": "Whether it was excused from the capital of the call.",
    "weight": WEIGHT,
    "exact_amount": f"Of `capital_amount`. {EXACT}",
    "exact_fee_amount": f"Of `fee_amount`. {EXACT}",
    "capital_amount": "Called of it for investments and expenses; in later rows the change of it.",
    "fee_amount": "Called of it for the management fee; in later rows the change of it.",
    "memo": "Why it is excused, as it was said.",
}
SHARE = {
    "reason": SHARE_REASON,
    "weight": "What the part was in proportion to: units of commitment, or of a given split the "
    "amount itself; in later rows the change of it.",
    "exact_amount": EXACT,
    "amount": "Distributed to it; in later rows the change of it.",
    "recallable_amount": "What of `amount` can be called again.",
}
_INTEREST = {
    "annual_rate": "A fraction: 0.08 is 8 % a year.",
    "exact_amount": "The interest before rounding.",
}
_FLOW = "Day that the money counts from in cash flows and net IRR; null: "
WORDS: dict[type, dict[str, str]] = {
    shapes.CommitmentLine: {"amount": "Added to its commitment; below 0: given up."},
    shapes.CapitalCallLine: CALL_PART,
    shapes.PaymentLine: {
        "call_id": "Call that it was for; null: late interest, or an advance.",
        "applied_to": "What it was for: `call`, `late_interest`, or `advance`: kept for calls to "
        "come (below 0: used by one).",
        "reason": "`payment`: of the partner, or its advance that is used. `rebalancing`: moved by "
        "a close. `transfer`: moved to who bought the interest.",
        "flow_on": f"{_FLOW}the day of the event.",
        "amount": "Paid; below 0: given back, moved on, or an advance that is used.",
    },
    shapes.LateInterestLine: {
        **_INTEREST,
        "late_amount": "What was paid late.",
        "from_on": "Due date of the call.",
        "to_on": "Day of receipt.",
        "amount": "Interest that it owes, outside its commitment: no contribution.",
    },
    shapes.TrueUpInterestLine: {
        **_INTEREST,
        "subject_id": "The call or distribution, or the accrual of the fee that is caught up.",
        "charged_for": "`call`, `distribution` or `management_fee`.",
        "principal": "What the interest is on, with the sign of the leg.",
        "from_on": "Due date of the call, payment of the distribution, or day on which the fee "
        "was due.",
        "to_on": "Day of the close.",
        "amount": "Above 0: it pays. Below 0: it gets. Outside commitment and performance.",
    },
    shapes.FeeLine: {
        "exact_amount": "The gross fee before rounding.",
        "gross_amount": "Its fee before anything is taken off.",
        "waived_amount": "Taken off by waivers.",
        "rebated_amount": "Taken off by rebates.",
        "offset_amount": "Taken off by fees of portfolio companies.",
        "net_amount": "Gross less waivers, rebates and offset.",
    },
    shapes.FeeSegment: {
        "segment_number": "1, 2, 3, … for each partner, by day.",
        "from_on": "First day.",
        "to_on": "First day after these days.",
        "fee_rate": "Annual rate, a fraction.",
        "fee_base": "Base of the rate, as in `fee_schedule` of the terms.",
        "base_amount": "What the base came to.",
        "day_count": "`fee_day_count` of the terms.",
        "year_fraction": "These days as a part of a year, by `day_count`.",
        "exact_amount": "base_amount x fee_rate x year_fraction, to 20 decimals.",
    },
    shapes.FeeReduction: {
        "adjustment_id": "event_id of the waiver, rebate or offset.",
        "kind": "`waiver`, `rebate` or `offset`.",
        "amount": "What it took off this accrual.",
    },
    shapes.DistributionLine: {
        **SHARE,
        "flow_on": f"{_FLOW}the day on which the distribution is paid, of a row of a close the day "
        "of that.",
    },
    shapes.NavLine: {
        "result_amount": "Result that the event allocates to it: of a mark, what is not "
        "allocated yet; of a close, what it shares anew.",
        "nav_amount": "Its capital account then.",
    },
    shapes.EventLines: {
        "commitment_line": "Changes of commitments.",
        "capital_call_line": "Parts of calls.",
        "payment_line": "What money was for.",
        "late_interest": "Interest on late payments.",
        "true_up_interest": "Interest of a close.",
        "fee_line": "Parts of the management fee.",
        "fee_segment": "How gross fees came about.",
        "fee_reduction": "What was taken off them.",
        "distribution_line": "Parts of distributions.",
        "nav_line": "Results and capital accounts.",
    },
}
