"""One step in the life of a fund: taken or refused, previewed or not, and looked at afterwards."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Any
from uuid import UUID

import psycopg
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize
from psycopg.rows import DictRow

from tests.fund.life.world import Stands, WatchedLife, difference
from tests.ledger.fund_books import Row, entry

BEGIN = date(2024, 1, 1)
CENT = Decimal("0.01")
PARTNERS = ["LP-01", "LP-02", "LP-03", "lp-04", "LP-10", "LP-9", "GP"]
STRUCTURAL = {"close", "transfer", "capital_call", "default", "distribution"}
KINDS = STRUCTURAL | {
    "payment", "management_fee", "fee_adjustment", "fee_payment", "nav", "reversal",
    "investment_purchase", "exit", "expense", "close_period",
}  # fmt: skip
UUIDS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

gaps = st.sampled_from([0, 0, 0, 0, 1, 3, 10, 35])
cents = st.integers(0, 10**7).map(lambda n: Decimal(n) / 100)
permille = st.sampled_from([1, 10, 33, 100, 200, 250, 333, 500, 999, 1000, 1001, 1300])
commitments = st.integers(1, 10**10).map(lambda n: Decimal(n) / 100)
previews = st.booleans()
early = st.integers(0, 15).map(lambda n: n == 0)
numbers = st.integers(0, 10**6)


@dataclass
class Recorded:
    """An event that was taken."""

    event_id: UUID
    kind: str
    day: date
    request: Row
    delta: Stands
    is_reversed: bool = False


@dataclass
class Tally:
    """What the steps of all lives came to: taken, or refused by a rule."""

    steps: int = 0
    taken: Counter[str] = field(default_factory=Counter)
    refused: Counter[tuple[str, str]] = field(default_factory=Counter)

    def __str__(self) -> str:
        refused = ", ".join(f"{k} {r} {n}" for (k, r), n in sorted(self.refused.items()))
        taken = ", ".join(f"{kind} {n}" for kind, n in sorted(self.taken.items()))
        return f"{self.steps} steps; taken: {taken}; refused: {refused}"


class Steps(RuleBasedStateMachine):
    """A fund, what stands of it, and how something is done to it."""

    given: tuple[Any, Tally, str]  # a connection of the owner, the tally, the checks

    def __init__(self) -> None:
        super().__init__()
        self.conn, self.tally, self.checks = self.given
        self.day = date(2024, 1, 15)
        self.closed_to = BEGIN - timedelta(days=1)
        self.taken_back_on = BEGIN
        self.recorded: list[Recorded] = []
        self.stored: list[tuple[Any, ...]] = []  # as of the last step, when it is known
        self.done = 0  # steps
        self.redoable_from = 1  # since then nothing but events changed what stands

    @initialize(
        basis=st.sampled_from(["commitment", "commitment", "unfunded"]),
        late_rate=st.sampled_from(["0", "0.1"]),
        grace=st.sampled_from([0, 5]),
        true_up=st.sampled_from(["0", "0.08"]),
        compounding=st.sampled_from(["simple", "annual"]),
        recipient=st.sampled_from(["earlier_partners", "fund", "manager"]),
        fee_basis=st.sampled_from(["opening", "daily"]),
        fee_base=st.sampled_from(["committed", "net_invested", "contributed"]),
        fee_day_count=st.sampled_from(["act/365", "30/360", "quarter"]),
        expiry=st.sampled_from([None, 20]),
        amounts=st.lists(commitments, min_size=2, max_size=5),
    )
    def begin(self, amounts: list[Decimal], fee_base: str, **terms: Any) -> None:
        self.conn.rollback()
        self.fund = WatchedLife.begun(
            self.conn,
            commitments={},
            allocation_basis=terms["basis"],
            late_interest_rate=terms["late_rate"],
            late_grace_days=terms["grace"],
            recallable_expiry_days=terms["expiry"],
            true_up_rate=terms["true_up"],
            true_up_compounding=terms["compounding"],
            true_up_recipient=terms["recipient"],
            fee_basis=terms["fee_basis"],
            fee_day_count=terms["fee_day_count"],
        )
        self.fund.checks = self.checks
        self.basis = terms["basis"]
        self.fund.set_fee("*", "2024-01-01", "0.02", "committed")
        self.fund.set_fee("*", "2025-01-01", "0.015", fee_base)
        self.fund.invite(*PARTNERS)
        self.standing = self.fund.stands()
        self.step("close", self.close_request(self.day, dict(zip(PARTNERS, amounts, strict=False))))

    # What stands.

    def per_partner(self, what: str) -> dict[str, Decimal]:
        found: dict[str, Decimal] = {}
        for (code, of, _), amount in self.standing.items():
            if of == what and code:
                found[code] = found.get(code, Decimal()) + amount
        return found

    def account(self, number: str) -> Decimal:
        """Debit less credit of an account, all partners together."""
        return sum(
            (a for (_, of, name), a in self.standing.items() if (of, name) == ("account", number)),
            Decimal(),
        )

    def alive(self, kind: str | None = None) -> list[Recorded]:
        return [r for r in self.recorded if not r.is_reversed and kind in (None, r.kind)]

    @property
    def last_structural(self) -> date:
        return max((r.day for r in self.alive() if r.kind in STRUCTURAL), default=BEGIN)

    @property
    def defaulted(self) -> set[str]:
        return {r.request["investor"] for r in self.alive("default")}

    @property
    def is_owed(self) -> bool:
        return any(what == "open" for _, what, _ in self.standing)

    @property
    def next_quarter(self) -> date:
        """Last day of the first quarter that is not closed."""
        first = self.closed_to + timedelta(days=1)
        return (first + timedelta(days=95)).replace(day=1) - timedelta(days=1)

    # Doing.

    def moment(self, gap: int, too_early: bool = False) -> date:
        """A day for something new: today or soon, or one before what is recorded."""
        if too_early:
            return self.last_structural - timedelta(days=1)
        self.day += timedelta(days=gap)
        return self.day

    def step(
        self,
        kind: str,
        request: Row,
        day: date | None = None,
        *,
        must: Iterable[str] = (),
        may: Iterable[str] = (),
        preview: bool = False,
    ) -> DictRow | None:
        """Records an event.

        It is refused by one of `must` when there is any, and else only, perhaps, by one of `may`.
        """
        day = day or self.day
        reasons, possible = set(must), {*must, *may}
        if kind in STRUCTURAL and day < self.last_structural:
            reasons.add("event_in_order_of_days")
        if kind != "fee_adjustment" and day <= self.closed_to:
            possible.add("entry_in_open_period")
        possible |= reasons
        self.count()
        stored = self.stored = self.stored or self.fund.stored()
        shown = rule_shown = None
        if preview:
            shown, rule_shown = self.attempt(lambda: self.fund.run(kind, request, preview=True))
            assert self.fund.stored() == stored, "a preview changed something"
        row, refusal = self.attempt(lambda: self.fund.run(kind, request))
        if preview:
            assert rule_shown == refusal
        if row is None:
            assert refusal in possible, f"{kind} refused by {refusal}, not by {possible or 'any'}"
            assert self.fund.stored() == stored, "a refusal changed something"
            self.tally.refused[kind, str(refusal)] += 1
            return None
        assert not reasons, f"{kind} should be refused by {reasons}"
        if shown:
            assert self.normal(shown) == self.normal(row), "a preview showed something else"
        self.tally.taken[kind] += 1
        self.stored = []
        before, self.standing = self.standing, self.fund.stands()
        delta = difference(self.standing, before)
        on = date.fromisoformat(row["event"]["event_on"])
        self.recorded.append(Recorded(row["event_id"], kind, on, request, delta))
        self.look()
        return row

    def count(self) -> None:
        self.tally.steps += 1
        self.done += 1

    def attempt(self, do: Any) -> tuple[DictRow | None, str | None]:
        try:
            with self.conn.transaction():
                return do(), None
        except psycopg.Error as error:
            assert (error.sqlstate or "").startswith("QB4"), error
            assert error.diag.constraint_name, error
            return None, error.diag.constraint_name

    def normal(self, row: DictRow) -> str:
        """An event without the ids that were made for it."""
        event = {key: value for key, value in row["event"].items() if key != "event_id"}
        event["journal_entries"] = [
            {key: value for key, value in posted.items() if key != "entry_id"}
            for posted in event["journal_entries"]
        ]
        text = json.dumps([event, row["event_number"]], sort_keys=True)
        known = {str(r.event_id) for r in self.recorded} | self.investor_ids()
        fresh: dict[str, str] = {}
        return UUIDS.sub(
            lambda m: m[0] if m[0] in known else fresh.setdefault(m[0], f"id{len(fresh)}"), text
        )

    def investor_ids(self) -> set[str]:
        return {str(i) for (i,) in self.fund.fast("select investor_id from fund.investor")}

    def post(self, kind: str, day: date, *lines: Row) -> None:
        """An entry that is no event of the fund's capital."""
        self.count()
        row, refusal = self.attempt(lambda: self.fund.post(entry(kind, str(day), *lines)))
        assert (row is None) == (day <= self.closed_to)
        if row is None:
            assert refusal == "entry_in_open_period"
            self.tally.refused[kind, refusal] += 1
            return
        self.tally.taken[kind] += 1
        self.stored = []
        self.redoable_from = len(self.recorded)
        self.standing = self.fund.stands()
        self.look()

    def look(self) -> None:
        """Nothing may be wrong, whatever was done."""
        found: dict[str, Any] = {
            "checks": self.fund.offending(),
            "days on which partners' capital is not net asset value": self.fund.unequal(
                (self.closed_to, self.day, date(2199, 12, 31))
            ),
            # A transfer cuts the buyer's parts off to the cent; later calls make up for it.
            "a cent or more away from exact shares": (
                [] if any(r.kind == "transfer" for r in self.recorded) else self.fund.drifted()
            ),
            "debits less credits": sum(
                a for (_, what, _), a in self.standing.items() if what == "account"
            ),
            "below 0": [key for key, a in self.standing.items() if key[1] != "account" and a < 0],
        }
        assert not any(found.values()), {what: it for what, it in found.items() if it}

    def close_request(self, day: date, amounts: Mapping[str, Decimal]) -> Row:
        new = amounts.keys() - self.fund.classes().keys()
        return {
            "closed_on": str(day),
            "commitments": [
                {"investor": code, "amount": str(amount)}
                | ({"investor_class": "general_partner"} if code in new and code == "GP" else {})
                for code, amount in amounts.items()
            ],
        }


def floor(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_DOWN)
