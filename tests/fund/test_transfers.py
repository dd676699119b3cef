"""An interest changes hands with all its history, and not a cent of the fund changes."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.company.books import refused
from tests.conftest import Connection, Database
from tests.fund.fund_life import THREE, FundLife

D = Decimal
SUMS = {
    "commitment_line": ("", "amount"),
    "capital_call_line": (", call_id", "capital_amount"),
    "capital_call_line fee": (", call_id", "fee_amount"),
    "capital_call_line weight": (", call_id", "weight"),
    "capital_call_line exact": (", call_id", "exact_amount"),
    "payment_line": (", call_id, applied_to, coalesce(flow_on, event_on)", "amount"),
    "late_interest": (", call_id", "amount"),
    "distribution_line": (", distribution_id", "amount"),
    "distribution_line recallable": (", distribution_id", "recallable_amount"),
    "fee_line": (", fee_id", "net_amount"),
    "fee_line gross": (", fee_id", "gross_amount"),
    "nav_line": (", nav_id", "result_amount"),
    "true_up_interest": (", subject_id", "amount"),
}


def transfer(life: FundLife, seller: str, buyer: str, **more: Any) -> Any:
    life.invite(buyer)
    sent = {"seller": seller, "buyer": buyer, "transferred_on": "2024-06-10", **more}
    return life.run("transfer", sent)


def standing(life: FundLife, *codes: str) -> dict[str, Any]:
    """What these partners have together: per table and subject, and on each account."""
    ids = [life.investor_id(code) for code in codes]
    found: dict[str, Any] = {}
    for name, (subject, amount) in SUMS.items():
        rows = life.rows(
            f"select sum({amount}) as amount{subject} from fund.{name.split()[0]}"
            " where fund_id = %(fund_id)s and investor_id = any(%(ids)s)"
            f" group by investor_id is null{subject} having sum({amount}) <> 0",
            ids=ids,
        )
        found[name] = {str(list(row.values())[1:]): row["amount"] for row in rows}
    found["journal"] = life.rows(
        "select account_number, sum(debit - credit) as amount from ledger.journal_line"
        " where fund_id = %(fund_id)s and partner_id = any(%(ids)s)"
        " group by 1 having sum(debit - credit) <> 0 order by 1",
        ids=ids,
    )
    return found


@pytest.fixture
def lived(begin: Callable[..., FundLife]) -> FundLife:
    """A fund with a call that LP-02 paid late, one that it paid a part of, and distributions."""
    life = begin(late_interest_rate=D("0.1"))
    life.issue("2024-02-01", "10000000.01")
    life.pay("LP-01", "2024-02-01", "5000000.01")
    life.pay("LP-02", "2024-03-01", "3000000.01")
    life.pay("LP-03", "2024-02-01", "2000000.01")
    life.distribute("2024-03-15", "1000000.07", recallable_amount="333333.33")
    life.run("nav", {"as_of": "2024-03-31", "fair_value": "777777.77"})
    life.close_on("2024-04-01", {"LP-04": 20_000_000})
    life.issue("2024-05-01", "1000000.03", "", fee_amount="50000.01")
    life.pay("LP-02", "2024-05-02", "100000.01")
    return life


def test_half_of_an_interest_passes_with_its_history(lived: FundLife) -> None:
    lived.invite("LP-09")
    before = standing(lived, "LP-02", "LP-09")
    cash = lived.balances()
    open_before = lived.open_amounts()
    event = transfer(lived, "LP-02", "LP-09", fraction="0.5")
    assert standing(lived, "LP-02", "LP-09") == before
    assert lived.balances() == cash
    record = event["event"]["record"]
    assert (record["fraction"], record["commitment_amount"]) == (D("0.5"), 15_000_000)
    for found in (lived.called(), lived.called(column="fee_amount"), lived.unfunded()):
        assert 0 <= found["LP-02"] - found["LP-09"] <= D("0.04")
    now = lived.open_amounts()
    assert 0 <= now["LP-02"] - now["LP-09"] <= D("0.02")
    assert now["LP-02"] + now["LP-09"] == open_before["LP-02"]
    assert lived.offenders() == {}


def test_buyer_of_all_leaves_the_seller_exactly_nothing(lived: FundLife) -> None:
    lived.pay("LP-02", "2024-05-03", 1_000_000)  # more than it owes: an advance
    before = standing(lived, "LP-02")
    nothing = standing(lived)
    transfer(lived, "LP-02", "LP-09")
    assert standing(lived, "LP-02") == nothing
    assert standing(lived, "LP-09") == before
    assert lived.offenders() == {}


def test_partner_buys_from_a_partner(lived: FundLife) -> None:
    before = standing(lived, "LP-02", "LP-01")
    transfer(lived, "LP-02", "LP-01", commitment_amount="10000000.00")
    assert standing(lived, "LP-02", "LP-01") == before
    commitments = lived.by_code(
        "select investor_id, sum(amount) from fund.commitment_line"
        " where fund_id = %(fund_id)s group by 1"
    )
    assert (commitments["LP-01"], commitments["LP-02"]) == (60_000_000, 20_000_000)


def test_third_by_amount_is_a_third_to_the_cent(begin: Callable[..., FundLife]) -> None:
    life = begin(commitments={"LP-01": 3, "LP-02": 297})
    life.issue("2024-02-01", 300)
    life.pay_all("2024-02-01")
    transfer(life, "LP-01", "LP-03", commitment_amount=1)
    assert life.called() == {"LP-01": 2, "LP-02": 297, "LP-03": 1}


def test_fraction_is_cut_off_to_the_cent(life: FundLife) -> None:
    life.issue("2024-02-01", "0.10")
    life.pay_all("2024-02-01")
    transfer(life, "LP-01", "LP-04", fraction="0.5")  # 0.05
    assert life.called() == {"LP-01": D("0.03"), "LP-02": D("0.03"), "LP-03": D("0.02"),
                             "LP-04": D("0.02")}  # fmt: skip
    assert life.open_amounts() == {}
    assert life.offenders() == {}


def test_cents_cut_off_many_calls_leave_nobody_over_called(begin: Callable[..., FundLife]) -> None:
    life = begin(commitments={"LP-01": "0.30", "LP-02": "0.30"})
    for _ in range(6):
        life.issue("2024-02-01", "0.10")
    life.pay_all("2024-02-01")
    transfer(life, "LP-01", "LP-03", fraction="0.5")  # 0.02 of each 0.05
    assert life.called() == {"LP-01": D("0.18"), "LP-02": D("0.30"), "LP-03": D("0.12")}
    assert set(life.unfunded().values()) == {D(0)}
    assert life.offenders() == {}


def test_buyer_counts_as_if_it_had_been_there(begin: Callable[..., FundLife]) -> None:
    def story(life: FundLife, holder: str, later: str | None) -> list[Any]:
        life.issue("2024-02-01", "10000000.01")
        life.pay_all("2024-02-01")
        life.distribute("2024-03-01", "1000.01")
        if later:
            life.run("transfer", {"seller": holder, "buyer": later, "transferred_on": "2024-04-01"})
            holder = later
        call = life.issue("2024-05-01", "777.77")
        life.pay_all("2024-05-01")
        life.distribute("2024-05-02", "333.33")
        life.close_on("2024-06-01", {"LP-04": 12_345_678, holder: 5_000_000})
        found = [life.called(), life.called(call), life.unfunded(), life.partner_balances(holder)]
        return [{k: v for k, v in one.items() if v and k != holder} for one in found[:3]] + [
            *(one[holder] for one in found[:3]),
            found[3],
        ]

    sold = begin()
    sold.invite("LP-21")
    # The same place in the order of codes: the same cents.
    bought = begin("Fund II", {"LP-01": 50_000_000, "LP-21": 30_000_000, "LP-03": 20_000_000})
    assert story(sold, "LP-02", "LP-21")[3:] == story(bought, "LP-21", None)[3:]


def test_distribution_not_paid_yet_is_paid_to_the_buyer(life: FundLife) -> None:
    life.issue("2024-02-01", 10_000_000)
    life.pay_all("2024-02-01")
    life.distribute("2024-06-01", 1_000_000, paid_on="2024-06-20")
    transfer(life, "LP-02", "LP-09")
    assert life.partner_balances("LP-02", "2024-06-10") == {}
    assert life.partner_balances("LP-02") == {}
    assert life.partner_balances("LP-09", "2024-06-19") == {
        "2300": -300_000, "3000": -3_000_000, "3100": 300_000,
    }  # fmt: skip
    assert life.partner_balances("LP-09") == {"3000": -3_000_000, "3100": 300_000}


def test_advance_passes_with_the_whole_interest_only(life: FundLife) -> None:
    life.pay("LP-01", "2024-02-01", 1000)
    transfer(life, "LP-01", "LP-09", fraction="0.5")
    assert life.partner_balances("LP-01") == {"2000": -1000}
    transfer(life, "LP-01", "LP-09")
    assert life.partner_balances("LP-01") == {}
    assert life.partner_balances("LP-09") == {"2000": -1000}


def test_excused_interest_stays_excused(life: FundLife) -> None:
    call = life.issue("2024-02-01", 8_000_000, excused=["LP-03"])
    transfer(life, "LP-03", "LP-09", fraction="0.5")
    life.close_on("2024-07-01", {"LP-04": 80_000_000})
    called = life.called(call)
    assert (called["LP-03"], called["LP-09"], called["LP-04"]) == (0, 0, 4_000_000)


def test_buyer_has_the_sellers_class_unless_another_is_given(life: FundLife) -> None:
    life.close_on("2024-02-01", {"GP": 1_000_000}, {"GP": "general_partner"})
    transfer(life, "GP", "GP-2", fraction="0.5")
    transfer(life, "GP", "LP-09", fraction="0.5", investor_class="standard")
    classes = life.by_code(
        "select investor_id, investor_class from fund.commitment where fund_id = %(fund_id)s"
    )
    assert (classes["GP-2"], classes["LP-09"]) == ("general_partner", "standard")


def test_reversing_a_transfer_restores_every_balance(lived: FundLife) -> None:
    before = [standing(lived, code) for code in ("LP-02", "LP-01")]
    event = transfer(lived, "LP-02", "LP-01", fraction="0.333333")
    assert [standing(lived, code) for code in ("LP-02", "LP-01")] != before
    lived.take_back(event)
    assert [standing(lived, code) for code in ("LP-02", "LP-01")] == before
    assert lived.offenders() == {}


def test_preview_of_a_transfer_records_nothing(lived: FundLife) -> None:
    lived.invite("LP-09")
    before = lived.everything()
    sent = {"seller": "LP-02", "buyer": "LP-09", "transferred_on": "2024-06-10"}
    preview = lived.run("transfer", sent, preview=True)
    assert preview["event"]["journal_entries"]
    assert lived.everything() == before


BAD: dict[str, tuple[dict[str, Any], str, str]] = {
    "typo": ({"part": 5}, "QB400", "unknown_field"),
    "no seller": ({"seller": None}, "QB400", "required"),
    "stranger sells": ({"seller": "LP-09"}, "QB400", "partner_unknown"),
    "unknown buyer": ({"buyer": "LP-99"}, "QB400", "investor_unknown"),
    "to itself": ({"buyer": "LP-02"}, "QB400", "transfer_to_another"),
    "both": ({"fraction": 0.5, "commitment_amount": 5}, "QB400", "fraction_or_amount"),
    "too much": ({"commitment_amount": 30_000_001}, "QB409", "transfer_within_commitment"),
    "nothing": ({"commitment_amount": 0}, "QB409", "transfer_within_commitment"),
    "no part": ({"fraction": 0}, "QB409", "transfer_within_commitment"),
    "no cent": ({"fraction": "0.0000000001"}, "QB409", "transfer_within_commitment"),
    "above 1": ({"fraction": "1.01"}, "QB400", "transfer_fraction_in_range"),
    "below 0": ({"fraction": "-0.5"}, "QB400", "transfer_fraction_in_range"),
    "words": ({"fraction": "half"}, "QB400", "transfer_fraction_in_range"),
    "blank": ({"fraction": ""}, "QB400", "transfer_fraction_in_range"),
    "infinite": ({"fraction": "Infinity"}, "QB400", "transfer_fraction_in_range"),
    "class": ({"buyer": "LP-01", "investor_class": "affiliate"}, "QB409", "investor_class_stands"),
    "early": ({"transferred_on": "2024-01-31"}, "QB409", "event_in_order_of_days"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_transfer_is_refused_and_changes_nothing(life: FundLife, case: str) -> None:
    life.issue("2024-02-01", 10_000_000)
    life.invite("LP-09")
    before = life.everything()
    more, sqlstate, rule = BAD[case]
    sent = {"seller": "LP-02", "buyer": "LP-09", "transferred_on": "2024-06-10", **more}
    with refused(life.conn, sqlstate, rule):
        life.run("transfer", sent)
    assert life.everything() == before


def test_money_is_not_moved_before_it_came(life: FundLife) -> None:
    life.issue("2024-02-01", 10_000_000)
    life.pay("LP-02", "2024-03-10", 3_000_000)
    life.invite("LP-09")
    sent = {"seller": "LP-02", "buyer": "LP-09", "transferred_on": "2024-03-09"}
    before = life.everything()
    with refused(life.conn, "QB409", "event_in_order_of_days"):
        life.run("transfer", sent)
    assert life.everything() == before
    # What the seller did not pay is not moved.
    life.run("transfer", sent | {"seller": "LP-01"})
    life.run("transfer", sent | {"transferred_on": "2024-03-10"})


@pytest.mark.parametrize(("seller", "buyer"), [("LP-03", "LP-01"), ("LP-01", "LP-03")])
def test_nobody_in_default_sells_or_buys(life: FundLife, seller: str, buyer: str) -> None:
    life.issue("2024-02-01", 10_000_000)
    life.run("default", {"investor": "LP-03", "declared_on": "2024-03-01"})
    with refused(life.conn, "QB409", "partner_in_default"):
        transfer(life, seller, buyer)


def test_what_was_sold_is_not_sold_again(life: FundLife) -> None:
    transfer(life, "LP-02", "LP-09")
    with refused(life.conn, "QB409", "transfer_within_commitment"):
        transfer(life, "LP-02", "LP-01")


@pytest.mark.parametrize("role", ["viewer", "auditor"])
def test_readers_transfer_nothing(as_role: Callable[..., Connection], role: str) -> None:
    with pytest.raises(psycopg.Error) as caught:
        as_role(role).execute("select fund.transfer_commitment(gen_random_uuid(), '{}')")
    assert caught.value.sqlstate == "42501"


def test_editor_transfers(as_role: Callable[..., Connection]) -> None:
    with pytest.raises(psycopg.Error) as caught:
        as_role("editor").execute("select fund.transfer_commitment(gen_random_uuid(), '{}')")
    assert caught.value.diag.constraint_name == "fund_not_found"


cents = st.integers(1, 10**9).map(lambda n: D(n) / 100)
codes = st.sampled_from(list(THREE))


@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    calls=st.lists(st.tuples(cents, st.lists(st.tuples(codes, cents), max_size=3)), max_size=3),
    distributed=st.none() | cents,
    later=st.none() | cents,
    transfers=st.lists(
        st.tuples(
            codes, st.sampled_from([*THREE, "LP-0", "LP-9"]), st.decimals(D("1e-6"), 1, places=6)
        ),
        min_size=1,
        max_size=3,
    ),
)
def test_nothing_arises_and_nothing_is_lost(
    shared: Database,
    calls: list[tuple[D, list[tuple[str, D]]]],
    distributed: D | None,
    later: D | None,
    transfers: list[tuple[str, str, D]],
) -> None:
    everybody = [*THREE, "LP-04", "LP-0", "LP-9"]
    with shared.connect(options="-c role=qb_owner") as conn:
        life = FundLife.begun(conn)
        life.invite(*everybody)
        for amount, payments in calls:
            life.issue("2024-02-01", amount, fee_amount=amount // 7)
            for code, paid in payments:
                life.pay(code, "2024-02-02", paid)
        cash = life.balances().get("1000", D(0))
        if distributed and cash:
            life.distribute("2024-03-01", min(distributed, cash))
        if later:
            life.close_on("2024-04-01", {"LP-04": later})
        before = standing(life, *everybody)
        balances = life.balances()
        for seller, buyer, fraction in transfers:
            if seller == buyer:
                continue
            try:
                with conn.transaction():
                    transfer(life, seller, buyer, fraction=str(fraction))
            except psycopg.Error as refusal:
                assert refusal.diag.constraint_name == "transfer_within_commitment"
        assert standing(life, *everybody) == before
        assert life.balances() == balances
        assert life.offenders() == {}
        conn.rollback()
