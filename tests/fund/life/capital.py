"""What goes from partners to a fund, and what comes back."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.fund.life.steps import (
    BEGIN,
    CENT,
    Steps,
    cents,
    early,
    floor,
    gaps,
    numbers,
    permille,
    previews,
)
from tests.ledger.fund_books import Row, line


class CapitalComes(Steps):
    """Calls, payments, defaults."""

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


class CapitalGoes(Steps):
    """Distributions, and what the fund does with its money."""

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


def quarter_end_before(day: date) -> date:
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1) - timedelta(days=1)


def sided(account: str, credit: Decimal) -> list[Row]:
    """A line of an amount that may be on either side, or none."""
    side = "credit" if credit > 0 else "debit"
    return [line(f"{account} {side} {abs(credit)}")] if credit else []
