"""Random lives of a fund: everything that its accountants do, well and badly, in any order.

A life runs in one transaction that is rolled back. What a step would do is often seen in a preview
first; after each step every check is empty, and what stands has changed by what was recorded.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.fund.life.capital import CapitalComes, CapitalGoes
from tests.fund.life.steps import (
    BEGIN,
    PARTNERS,
    Recorded,
    Steps,
    cents,
    commitments,
    early,
    floor,
    gaps,
    numbers,
    permille,
    previews,
)
from tests.fund.life.world import Stands, difference
from tests.ledger.fund_books import Row


class Partners(Steps):
    """Partners come and go."""

    @rule(
        amounts=st.dictionaries(st.sampled_from(PARTNERS), commitments, min_size=1, max_size=3),
        gap=gaps,
        too_early=early,
        preview=previews,
    )
    def close(self, amounts: dict[str, Decimal], gap: int, too_early: bool, preview: bool) -> None:
        day = self.moment(gap, too_early)
        must = {"partner_in_default"} if self.defaulted & amounts.keys() else set()
        may = {"call_within_unfunded"}
        self.step(
            "close", self.close_request(day, amounts), day, must=must, may=may, preview=preview
        )

    @rule(
        who=numbers,
        buyer=st.sampled_from(PARTNERS),
        fraction=st.sampled_from([None, "0.5", "0.25", "0.333333333", "0.9", "0", "1"]),
        gap=gaps,
        too_early=early,
        preview=previews,
    )
    def transfer(
        self,
        who: int,
        buyer: str,
        fraction: str | None,
        gap: int,
        too_early: bool,
        preview: bool,
    ) -> None:
        """An interest, or a part of it, goes to another partner or to somebody new."""
        day = self.moment(gap, too_early)
        owned = self.per_partner("commitment")
        seller = sorted(owned)[who % len(owned)]
        sent: Row = {"seller": seller, "buyer": buyer, "transferred_on": str(day)}
        if fraction:
            sent["fraction"] = fraction
        must = set()
        if seller == buyer:
            must.add("transfer_to_another")
        if self.defaulted & {seller, buyer}:
            must.add("partner_in_default")
        if floor(round(owned[seller] * Decimal(fraction or 1), 10)) == 0:
            must.add("transfer_within_commitment")
        self.step("transfer", sent, day, must=must, preview=preview)


class Fees(Steps):
    """The manager's fee."""

    @precondition(lambda self: len(self.alive("management_fee")) * 91 < (self.day - BEGIN).days)
    @rule(preview=previews)
    def accrue_fee(self, preview: bool) -> None:
        self.step("management_fee", {}, preview=preview)

    @rule(
        kind=st.sampled_from(["waiver", "rebate", "offset"]),
        who=st.none() | numbers,
        odd=cents,
        share=st.sampled_from([None, "0.1", "1", "2"]),
        days=st.sampled_from([None, 30, 120]),
        preview=previews,
    )
    def adjust_fee(
        self,
        kind: str,
        who: int | None,
        odd: Decimal,
        share: str | None,
        days: int | None,
        preview: bool,
    ) -> None:
        partners = sorted(self.per_partner("commitment"))
        sent: Row = {"kind": kind, "from_on": str(self.day)}
        sent |= {"share": share} if share else {"amount": str(odd)}
        sent |= {"investor": partners[who % len(partners)]} if who is not None else {}
        sent |= {"to_on": str(self.day + timedelta(days=days))} if days else {}
        must = set()
        if kind == "offset" and share:
            must |= {"fee_adjustment_is_amount_or_share"}
        if share == "2":
            must |= {"share_is_readable"}
        if not share and not odd:
            must |= {"fee_adjustment_to_the_cent"}
        if kind == "offset" and (who is not None or days):
            must |= {"fee_offset_is_for_all_on_one_day"}
        may = {"fee_adjustment_before_accrual"}
        self.step("fee_adjustment", sent, must=must, may=may, preview=preview)

    @precondition(lambda self: self.account("2200"))
    @rule(part=permille, gap=gaps, preview=previews)
    def pay_fee(self, part: int, gap: int, preview: bool) -> None:
        day = self.moment(gap)
        payable = self.fund.least("2200", day, -1)
        amount = floor(max(payable, Decimal()) * part / 1000)
        must = set()
        if not amount:
            must |= {"fee_payment_to_the_cent"}
        must |= {"fee_payment_within_payable"} if amount > payable else set()
        must |= {"fee_payment_within_cash"} if amount > self.fund.least("1000", day) else set()
        sent = {"paid_on": str(day), "amount": str(amount)}
        self.step("fee_payment", sent, day, must=must, preview=preview)


class Life(Partners, CapitalComes, CapitalGoes, Fees):
    """A fund's accountants at work. They take back too, and close the books."""

    @precondition(lambda self: len(self.alive()) > 1)
    @rule(which=numbers, last=st.booleans(), later=st.sampled_from([0, 0, 20]), preview=previews)
    def reverse(self, which: int, last: bool, later: int, preview: bool) -> None:
        """The last event can be taken back always; others when nothing stands on them."""
        alive = self.alive()[1:]  # without its first close there is no fund
        if alive:
            event = alive[-1] if last else alive[which % len(alive)]
            self.take_back(event, later, preview)

    def take_back(self, event: Recorded, later: int = 0, preview: bool = False) -> bool:
        # Not before what stood on it was: some of what was taken back may have.
        open_on = self.closed_to + timedelta(days=1)
        day = max(event.day + timedelta(days=later), open_on, self.taken_back_on)
        self.day = max(self.day, day)
        sent = {"event_id": str(event.event_id), "reversed_on": str(day)}
        is_last = event is self.alive()[-1]
        may = set() if is_last else {"later_events_are_reversed_first"}
        if not self.step("reversal", sent, day, may=may, preview=preview):
            return False
        reversal = self.recorded.pop()
        expected = {key: -amount for key, amount in event.delta.items()}
        assert reversal.delta == expected, difference(reversal.delta, expected)
        event.is_reversed = True
        if day > event.day:
            self.taken_back_on = max(self.taken_back_on, day)
        if not is_last or day > event.day:
            self.redoable_from = len(self.recorded)
        return True

    @precondition(lambda self: self.redoable_from < len(self.recorded))
    @rule(how_many=st.integers(1, 3))
    def redo(self, how_many: int) -> None:
        """The last events taken back, and done again: as if nothing had happened."""
        events = [e for e in self.recorded[self.redoable_from :] if not e.is_reversed][-how_many:]
        if any(e.day <= self.closed_to or e.day < self.taken_back_on for e in events):
            return
        before = self.by_name(self.standing)
        if not all(self.take_back(event) for event in reversed(events)):
            return
        again: dict[str, str] = {}
        for event in events:
            request = json.loads(json.dumps(event.request), object_hook=lambda o: renamed(o, again))
            row = self.step(event.kind, request, event.day)
            assert row, f"{event.kind} is refused the second time"
            again[str(event.event_id)] = str(row["event_id"])
        after = self.by_name(self.standing)
        assert after == before, difference(after, before)

    def by_name(self, stands: Stands) -> Stands:
        """What stands, without the ids of calls."""
        found: Stands = {}
        for (code, what, name), amount in stands.items():
            key = (code, what, "" if what == "open" else name)
            found[key] = found.get(key, Decimal()) + amount
        return found

    @precondition(lambda self: self.next_quarter < self.day)
    @rule(often=st.integers(0, 3))
    def close_books(self, often: int) -> None:
        """The next quarter, when it is over."""
        last = self.next_quarter
        if often:
            return
        self.count()
        marks = [r.event_id for r in self.alive("nav") if r.day == last]
        is_stale = bool(marks) and bool(self.fund.marked_otherwise(marks[-1], last))
        _, refusal = self.attempt(lambda: self.fund.close(str(last)))
        assert refusal == ("nav_is_current" if is_stale else None)
        if refusal:
            self.tally.refused["close_period", refusal] += 1
            return
        self.tally.taken["close_period"] += 1
        self.stored = []
        self.closed_to = last
        self.look()

    # Steps that are never taken.

    @precondition(lambda self: self.done % 4 == 0)
    @rule(data=st.data(), preview=previews)
    def blunder(self, data: st.DataObject, preview: bool) -> None:
        partner = sorted(self.per_partner("commitment"))[0]
        day = str(self.day)
        call: Row = {"notice_on": day, "capital_amount": "1"}
        kind, sent, reason = data.draw(
            st.sampled_from(
                [
                    ("capital_call", call | {"capital_amount": "-1"}, "amount_not_negative"),
                    ("capital_call", call | {"capital_amount": "0.001"}, "amount_to_the_cent"),
                    ("capital_call", call | {"notice_on": "soon"}, "day_is_readable"),
                    ("capital_call", call | {"fees": "1"}, "unknown_field"),
                    ("payment", {"investor": "nobody", "received_on": day, "amount": "1"},
                     "partner_unknown"),
                    ("payment", {"investor": partner, "received_on": day}, "required"),
                    ("payment", {"investor": partner, "received_on": day, "amount": "NaN"},
                     "amount_is_readable"),
                    ("reversal", {"event_id": str(UUID(int=0))}, "event_not_found"),
                ]
            )
        )  # fmt: skip
        self.step(kind, sent, must={reason}, preview=preview)


def renamed(sent: Row, ids: Mapping[str, str]) -> Row:
    return {k: ids.get(v, v) if isinstance(v, str) else v for k, v in sent.items()}
