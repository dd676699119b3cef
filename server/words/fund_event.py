"""Words of the events of a fund: their own records, and what each writes."""

from __future__ import annotations

from server.schemas import fund_event as shapes
from server.words.fund_request import ADJUSTMENT, CALL, DISTRIBUTION

WORDS: dict[type, dict[str, str]] = {
    shapes.CapitalCallHeader: {
        **CALL,
        "call_number": "1, 2, 3, … within the fund.",
        "capital_amount": "Called for investments and expenses of all partners on the notice, in "
        "the fund's currency.",
        "fee_amount": "Called for the management fee of all partners on the notice.",
    },
    shapes.PaymentHeader: {"received_on": "Day of receipt.", "amount": "Received."},
    shapes.DefaultHeader: {"declared_on": "Day of the declaration."},
    shapes.CloseHeader: {"close_number": "1, 2, 3, … within the fund.", "closed_on": "Its day."},
    shapes.TransferHeader: {
        "seller_id": "investor_id of the seller.",
        "buyer_id": "investor_id of the buyer.",
        "transferred_on": "Day of the transfer.",
        "fraction": "Part of the seller's interest that passed.",
        "commitment_amount": "Commitment that passed, in the fund's currency.",
    },
    shapes.FeeHeader: {
        "run_kind": "`period`: of a fee period. `catch_up`: what partners of a close owe for days "
        "accrued before it.",
        "from_on": "First day of the period.",
        "to_on": "First day after the period.",
        "gross_amount": "Fee of all partners before anything is taken off.",
        "waived_amount": "Taken off by waivers.",
        "rebated_amount": "Taken off by rebates.",
        "offset_brought_forward": "Offset that earlier accruals could not take.",
        "offset_added": "Credited for fees of portfolio companies since then.",
        "offset_amount": "Taken off by offset.",
        "offset_carried_forward": "Offset that is left for later accruals.",
        "net_amount": "Gross less waivers, rebates and offset: what is payable to the manager.",
    },
    shapes.FeeAdjustmentHeader: {
        **ADJUSTMENT,
        "investor_id": "Partner whose fee is reduced; null: all partners.",
        "credited_amount": "Of an offset: its part that reduces the fee, amount x "
        "`fee_offset_share` of the terms of its day. Null for the others.",
    },
    shapes.FeePaymentHeader: {"paid_on": "Day of the payment.", "amount": "Paid."},
    shapes.DistributionHeader: {
        **DISTRIBUTION,
        "distribution_number": "1, 2, 3, … within the fund.",
        "recallable_until": "Last day on which the recallable part can be called again; null: "
        "without end, or nothing is.",
    },
    shapes.NavHeader: {
        "as_of": "Day of the mark.",
        "fair_value": "Fair value of all investments on that day.",
        "nav_amount": "Net asset value: what all capital accounts came to then.",
        "last_entry_number": "Number of the last entry of the journal then: what was posted later, "
        "for whatever day, is not in `nav_amount`.",
    },
    shapes.Event: {
        "event_id": "Of the event: also call_id, distribution_id, fee_id or nav_id of what it made."
        " Left out of a preview.",
        "record": "What is of the event as a whole; null for a reversal.",
        "lines": "Rows that it wrote, partner by partner.",
        "journal_entries": "What it posted; [] when every amount is 0, as for a first close.",
        "recorded_by": "user_id of who recorded it.",
    },
    shapes.RecordedEvent: {
        "request": "What was asked, as it was sent.",
        "reversed_by_event_id": "The reversal that took it back; null: it stands.",
        "recorded_by": "Name of who recorded it.",
    },
}
