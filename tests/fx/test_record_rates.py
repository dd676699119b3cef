"""The one way in for fixings: what is kept, corrected, left, and quarantined with its reason."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from psycopg.types.json import Jsonb

from tests.company.books import Books, refused

GOOD = {"date": "2024-05-15", "currency": "USD", "rate": "1.0832"}
BAD: dict[str, list[dict[str, Any]]] = {
    "date_invalid": [
        {"date": "2024-02-30"}, {"date": "15.05.2024"}, {"date": "today"}, {"date": None},
        {"date": 20240515}, {"date": "0000-01-01"}, {"date": "2024-05-15T00:00:00"},
        {"date": "infinity"}, {"date": ""},
    ],
    "date_in_future": [{"date": "2999-01-01"}],
    "currency_unknown": [
        {"currency": "XQQ"}, {"currency": "usd"}, {"currency": None}, {"currency": ""},
        {"currency": "US Dollar"}, {"currency": 840},
    ],
    "currency_is_base": [{"currency": "EUR"}, {"currency": "EUR", "rate": 1}],
    "rate_invalid": [
        {"rate": "NaN"}, {"rate": "abc"}, {"rate": "Infinity"}, {"rate": "-Infinity"},
        {"rate": "inf"}, {"rate": None}, {"rate": ""}, {"rate": "1,08"}, {"rate": "1.08 "},
        {"rate": "0x10"}, {"rate": True}, {"rate": "1e99999"}, {"rate": {"value": 1}},
    ],
    "rate_not_positive": [
        {"rate": 0}, {"rate": "0.0"}, {"rate": -1.08}, {"rate": "-0.0001"},
    ],
    "rate_out_of_range": [
        {"rate": "1e-200"}, {"rate": "0.000000009"}, {"rate": "100000001"}, {"rate": "1e999"},
    ],
}  # fmt: skip


def record(books: Books, *rates: Any, source: str = "ecb_bundled") -> tuple[int, ...]:
    """received, inserted, updated, unchanged, quarantined"""
    row = books.call("fx.record_rates", source_id=source, rates=Jsonb(list(rates)))
    return tuple(row.values())


def kept(books: Books) -> list[tuple[Any, ...]]:
    rows = books.rows(
        "select currency, rate_on, source_id, rate::text from fx.rate order by 1, 2, 3"
    )
    return [tuple(row.values()) for row in rows]


def reasons(books: Books) -> list[str]:
    return [row["reason"] for row in books.rows("select reason from fx.quarantine order by 1")]


def test_new_fixing_is_kept_exactly(books: Books) -> None:
    assert record(books, GOOD) == (1, 1, 0, 0, 0)
    assert kept(books) == [("USD", date(2024, 5, 15), "ecb_bundled", "1.0832")]


@pytest.mark.parametrize("rate", ["1.0832", 1.0832, "10832e-4", "+1.0832", "1.08320"])
def test_rate_may_be_a_text_or_a_number(books: Books, rate: object) -> None:
    record(books, GOOD)
    assert record(books, {**GOOD, "rate": rate}) == (1, 0, 0, 1, 0)


def test_same_fixings_again_change_nothing(books: Books) -> None:
    rates = [GOOD, {**GOOD, "currency": "CAD"}, {**GOOD, "rate": "abc", "currency": "GBP"}]
    assert record(books, *rates) == (3, 2, 0, 0, 1)
    before = books.rows("select *, ctid::text, xmin::text from fx.rate order by currency")
    assert record(books, *rates) == (3, 0, 0, 2, 1)
    assert books.rows("select *, ctid::text, xmin::text from fx.rate order by currency") == before
    assert reasons(books) == ["rate_invalid"]


def test_changed_fixing_is_corrected(books: Books) -> None:
    record(books, GOOD)
    assert record(books, {**GOOD, "rate": "1.09"}) == (1, 0, 1, 0, 0)
    assert kept(books) == [("USD", date(2024, 5, 15), "ecb_bundled", "1.09")]


def test_sources_do_not_overwrite_each_other(books: Books) -> None:
    record(books, GOOD)
    assert record(books, {**GOOD, "rate": "2"}, source="manual") == (1, 1, 0, 0, 0)
    assert [rate for *_, rate in kept(books)] == ["1.0832", "2"]


@pytest.mark.parametrize(
    ("reason", "wrong"), [(reason, wrong) for reason, cases in BAD.items() for wrong in cases]
)
def test_bad_fixing_is_quarantined_and_the_good_one_beside_it_kept(
    books: Books, reason: str, wrong: dict[str, object]
) -> None:
    bad = {"date": "2024-05-16", "currency": "USD", "rate": "1.1", **wrong}
    assert record(books, bad, GOOD) == (2, 1, 0, 0, 1)
    assert [rate for *_, rate in kept(books)] == ["1.0832"]
    [row] = books.rows("select source_id, received, reason from fx.quarantine")
    assert row == {"source_id": "ecb_bundled", "received": bad, "reason": reason}


@pytest.mark.parametrize("item", [1, "x", None, [], {}, {"rate": 1}])
def test_item_that_is_no_fixing_is_quarantined(books: Books, item: object) -> None:
    assert record(books, item, GOOD) == (2, 1, 0, 0, 1)
    assert reasons(books) == ["date_invalid"]


def test_monster_is_quarantined_in_part(books: Books) -> None:
    monster = {**GOOD, "note": [{"x": n * 7919 % 104729} for n in range(3000)]}
    assert record(books, {**monster, "rate": "abc"}, GOOD) == (2, 1, 0, 0, 1)
    received = books.value("select received from fx.quarantine")
    assert len(json.dumps(received)) < 2000


@pytest.mark.parametrize("turned", [False, True])
def test_contradicting_fixings_are_both_quarantined(books: Books, turned: bool) -> None:
    pair = [GOOD, {**GOOD, "rate": "1.09"}]
    assert record(books, *(pair[::-1] if turned else pair)) == (2, 0, 0, 0, 2)
    assert reasons(books) == ["rate_contradicted"] * 2
    assert kept(books) == []


def test_contradiction_leaves_what_was_there(books: Books) -> None:
    record(books, GOOD)
    record(books, {**GOOD, "rate": "5"}, {**GOOD, "rate": "6"})
    assert [rate for *_, rate in kept(books)] == ["1.0832"]


def test_duplicate_is_kept_once(books: Books) -> None:
    assert record(books, GOOD, GOOD, {**GOOD, "rate": "1.08320"}) == (3, 1, 0, 2, 0)
    assert reasons(books) == []


@pytest.mark.parametrize("wrong", ["abc", "-1", "0", None])
@pytest.mark.parametrize("turned", [False, True])
def test_bad_fixing_does_not_take_the_good_one_of_its_day_along(
    books: Books, wrong: object, turned: bool
) -> None:
    pair = [GOOD, {**GOOD, "rate": wrong}]
    assert record(books, *(pair[::-1] if turned else pair)) == (2, 1, 0, 0, 1)


def test_no_fixings_are_fine(books: Books) -> None:
    assert record(books) == (0, 0, 0, 0, 0)


def test_unknown_source_is_refused(books: Books) -> None:
    with refused(books.conn, "QB400", "fx_source_unknown"):
        record(books, GOOD, source="nobody")


@pytest.mark.parametrize("rates", [{}, None, "x", GOOD])
def test_something_that_is_no_array_is_refused(books: Books, rates: object) -> None:
    with refused(books.conn, "QB400", "fx_rates_are_an_array"):
        books.call("fx.record_rates", source_id="manual", rates=Jsonb(rates))
    with refused(books.conn, "QB400", "fx_rates_are_an_array"):
        books.call("fx.record_rates", source_id="manual", rates=None)
