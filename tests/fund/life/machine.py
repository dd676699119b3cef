"""Random lives of a fund: everything that its accountants do, well and badly, in any order.

A life runs in one transaction that is rolled back. What a step would do is often seen in a preview
first; after each step every check is empty, and what stands has changed by what was recorded.
"""

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
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from psycopg.rows import DictRow

from tests.fund.life.world import Stands, WatchedLife, difference
from tests.ledger.fund_books import Row, entry, line

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


class Life(RuleBasedStateMachine):
    """A fund's accountants at work."""

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

    # Partners come and go.

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

    # Capital comes.

    def askable(self, day: date) -> dict[str, Decimal]:
        """What a call is shared in proportion to."""
        weights = committed = self.per_partner("commitment")
        if self.basis == "unfunded":
            weights = self.fund.callable_on(day)
        return {
            code: max(weights.get(code, Decimal()), Decimal())
            for code, amount in committed.items()
            if amount and code not in self.defaulted
        }

    @rule(
        part=st.sampled_from([1, 10, 33, 50, 80, 80, 100, 100, 150, 200, 333, 1000, 1300]),
        odd=cents,
        fee=st.sampled_from([0, 0, 1, 10]),
        excuse=numbers,
        due=st.sampled_from([0, 10]),
        gap=gaps,
        too_early=early,
        preview=previews,
    )
    def call(
        self,
        part: int,
        odd: Decimal,
        fee: int,
        excuse: int,
        due: int,
        gap: int,
        too_early: bool,
        preview: bool,
    ) -> None:
        """Up to what the one with the least left can bear, or more."""
        day = self.moment(gap, too_early)
        last = max(r.day for r in self.recorded)
        asked = self.askable(day)
        excused = [
            code
            for n, code in enumerate(sorted({*asked, *self.per_partner("commitment")}))
            if excuse % 5 == 0 and excuse // 5 >> n & 1
        ]
        weights = {code: w for code, w in asked.items() if code not in excused}
        free = [c for c, of in self.fund.classes().items() if of == "general_partner"]
        paying = self.per_partner("commitment")
        paying = {c: w for c, w in paying.items() if c in asked and c not in free}
        unfunded = dict.fromkeys(asked, Decimal()) | self.fund.callable_on(day, max(day, last))
        whole, fees = sum(weights.values(), Decimal()), sum(paying.values(), Decimal())
        most = min((unfunded[c] * whole / w for c, w in weights.items() if w), default=0)
        amount = floor(Decimal(most) * part / 1000) + (odd if part % 2 else 0)
        fee_amount = floor(amount * fee / 100)
        capital = amount - fee_amount
        sent: Row = {
            "notice_on": str(day),
            "due_on": str(day + timedelta(days=due)),
            "capital_amount": str(capital),
            "fee_amount": str(fee_amount),
        }
        if excused:
            sent["excuses"] = [{"investor": c, "reason": "Side letter"} for c in excused]
        must, may = set(), set()
        if not amount:
            must.add("call_has_an_amount")
        elif excused and not (capital and set(excused) <= asked.keys()):
            must.add("excused_partner_is_called")
        elif (capital and not whole) or (fee_amount and not fees):
            must.add("allocation_has_a_share")
        else:
            left = min(
                unfunded[code]
                - (capital * weights.get(code, 0) / whole if whole else 0)
                - (fee_amount * paying.get(code, 0) / fees if fees else 0)
                for code in asked
            )
            must |= {"call_within_unfunded"} if left < -3 * CENT else set()
            may |= {"call_within_unfunded"} if left < 3 * CENT else set()
        self.step("capital_call", sent, day, must=must, may=may, preview=preview)

    @precondition(lambda self: self.alive("management_fee"))
    @rule(which=numbers, gap=gaps, preview=previews)
    def call_fee(self, which: int, gap: int, preview: bool) -> None:
        """What an accrual asks of each partner."""
        accruals = self.alive("management_fee")
        accrual = accruals[-1 - which % 3 % len(accruals)]
        day = self.moment(gap)
        sent = {"notice_on": str(day), "due_on": str(day), "fee_event_id": str(accrual.event_id)}
        left = any(what == "fee" and code not in self.defaulted for code, what, _ in accrual.delta)
        called = {r.request.get("fee_event_id") for r in self.alive("capital_call")}
        must = {"fee_accrual_unknown"} if not left else set()
        must |= {"fee_accrual_is_called_once"} if sent["fee_event_id"] in called else set()
        may = {"call_within_unfunded", "fee_accrual_unknown"}
        self.step("capital_call", sent, day, must=must, may=may, preview=preview)

    @rule(
        who=numbers,
        how=st.sampled_from(["exact", "exact", "exact", "short", "over", "nothing owed"]),
        late=st.sampled_from([0, 0, 0, 12, 40]),
        odd=cents,
        preview=previews,
    )
    def pay(self, who: int, how: str, late: int, odd: Decimal, preview: bool) -> None:
        owing = self.per_partner("open")
        partners = sorted(self.per_partner("commitment") if how == "nothing owed" else owing)
        if not partners:
            return
        code = partners[who % len(partners)]
        amount = owing.get(code, Decimal())
        if how == "short":
            amount = floor(amount / 3)
        elif how != "exact":
            amount += odd
        day = self.moment(late)
        sent = {"investor": code, "received_on": str(day), "amount": str(amount)}
        must = {"payment_has_an_amount"} if amount <= 0 else set()
        self.step("payment", sent, day, must=must, preview=preview)

    @precondition(lambda self: self.is_owed)
    @rule(odd=st.booleans(), preview=previews)
    def everybody_pays(self, odd: bool, preview: bool) -> None:
        for code, amount in sorted(self.per_partner("open").items()):
            sent = {"investor": code, "received_on": str(self.day), "amount": str(amount)}
            self.step("payment", sent, preview=preview)

    @precondition(lambda self: self.is_owed and len(self.askable(self.day)) > 2)
    @rule(who=numbers, gap=gaps, preview=previews)
    def default(self, who: int, gap: int, preview: bool) -> None:
        """Rarely: a fund of defaulted partners calls nothing."""
        owing = sorted(set(self.per_partner("open")) - self.defaulted)
        if not owing:
            return
        code = owing[who % len(owing)]
        day = self.moment(gap)
        sent = {"investor": code, "declared_on": str(day)}
        due = self.due_days(code)
        must = {"default_after_due_date"} if min(due) >= day else set()
        self.step("default", sent, day, must=must, preview=preview)

    def due_days(self, code: str) -> list[date]:
        """Due days of what a partner owes; what a close asks is due at once."""
        calls = {str(r.event_id): r for r in self.alive("capital_call")}
        owed = [name for of, what, name in self.standing if (of, what) == (code, "open")]
        return [
            date.fromisoformat(calls[call].request["due_on"]) if call in calls else BEGIN
            for call in owed
        ]

    # Capital goes.

    @precondition(lambda self: self.account("1000") > 1)
    @rule(
        part=permille,
        recallable=st.sampled_from([0, 0, 333, 1000, 1001]),
        given=st.sampled_from([False, False, True]),
        off=st.sampled_from([0, 0, 0, 0, 1]),
        paid=st.sampled_from([0, 0, 4]),
        gap=gaps,
        too_early=early,
        preview=previews,
    )
    def distribute(
        self,
        part: int,
        recallable: int,
        given: bool,
        off: int,
        paid: int,
        gap: int,
        too_early: bool,
        preview: bool,
    ) -> None:
        """Out of cash, or more than there is; pro rata, or as it is given, perhaps a cent off."""
        day = self.moment(gap, too_early)
        paid_on = day + timedelta(days=paid)
        cash = self.fund.least("1000", paid_on)
        amount = floor(max(cash, Decimal()) * part / 1000)
        again = floor(amount * recallable / 1000)
        sent: Row = {
            "declared_on": str(day),
            "paid_on": str(paid_on),
            "amount": str(amount),
            "recallable_amount": str(again),
        }
        must = set()
        if given:
            partners = sorted(self.per_partner("commitment"), reverse=True)
            parts = [floor(amount / 2 ** (n + 1)) for n in range(len(partners))]
            parts[0] += amount - sum(parts) + off * CENT
            sent["lines"] = [
                {"investor": c, "amount": str(a)} for c, a in zip(partners, parts, strict=True)
            ]
            must |= {"distribution_split_sums"} if off else set()
        if not amount:
            must.add("distribution_to_the_cent")
        must |= {"recallable_within_amount"} if again > amount else set()
        must |= {"distribution_within_cash"} if amount > cash else set()
        self.step("distribution", sent, day, must=must, preview=preview)

    def buy_part(self, part: int) -> Decimal:
        return floor(max(self.account("1000"), Decimal()) * min(part, 900) / 1000)

    @precondition(lambda self: self.account("1000") > 1)
    @rule(part=permille, gap=gaps)
    def buy(self, part: int, gap: int) -> None:
        amount = self.buy_part(part)
        if amount:
            lines = line(f"1200 debit {amount}"), line(f"1000 credit {amount}")
            self.post("investment_purchase", self.moment(gap), *lines)

    @precondition(lambda self: self.account("1000") > 1)
    @rule(part=permille, gap=gaps)
    def spend(self, part: int, gap: int) -> None:
        amount = floor(self.buy_part(part) / 100)
        if amount:
            lines = line(f"5100 debit {amount}"), line(f"1000 credit {amount}")
            self.post("expense", self.moment(gap), *lines)

    @precondition(lambda self: self.account("1200") > 1)
    @rule(part=permille, gain=st.sampled_from([0, 500, 1000, 1700, 3000]), gap=gaps)
    def exit(self, part: int, gain: int, gap: int) -> None:
        """A part of the investments at `gain` thousandths of cost; their unrealised goes back."""
        part = min(part, 1000)
        cost = floor(self.account("1200") * part / 1000)
        marked = floor(self.account("1250") * part / 1000)
        proceeds = floor(cost * gain / 1000)
        if not cost:
            return
        lines = [line(f"1200 credit {cost}")]
        lines += [line(f"1000 debit {proceeds}")] if proceeds else []
        lines += sided("4000", proceeds - cost) + sided("1250", marked) + sided("4100", -marked)
        self.post("exit", self.moment(gap), *lines)

    @precondition(lambda self: self.day >= date(2024, 4, 1))
    @rule(worth=st.sampled_from([0, 500, 1000, 1500, 4000]), again=early, preview=previews)
    def mark(self, worth: int, again: bool, preview: bool) -> None:
        """The investments at `worth` thousandths of cost, at the end of a quarter that is over."""
        day = quarter_end_before(self.day)
        if again:
            day = quarter_end_before(day)
        must = set()
        if day < BEGIN:
            must.add("nav_at_quarter_end")
        elif day < max((r.day for r in self.alive("nav")), default=BEGIN):
            must.add("nav_in_order_of_days")
        sent = {"as_of": str(day), "fair_value": str(floor(self.account("1200") * worth / 1000))}
        self.step("nav", sent, day, must=must, preview=preview)

    # The manager's fee.

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

    # Taking back, and closing the books.

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
        self.tally.taken["close_period"] += 1
        self.stored = []
        self.fund.close(str(last))
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


def quarter_end_before(day: date) -> date:
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1) - timedelta(days=1)


def floor(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_DOWN)


def sided(account: str, credit: Decimal) -> list[Row]:
    """A line of an amount that may be on either side, or none."""
    side = "credit" if credit > 0 else "debit"
    return [line(f"{account} {side} {abs(credit)}")] if credit else []


def renamed(sent: Row, ids: Mapping[str, str]) -> Row:
    return {k: ids.get(v, v) if isinstance(v, str) else v for k, v in sent.items()}
