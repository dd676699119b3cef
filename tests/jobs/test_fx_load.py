"""The job `fx_load`, its publishers in every state: old rates stay, somebody has the new ones."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import psycopg
import pytest

from db.settings import UserError
from jobs import fx_load
from jobs.fx import ecb_bundled
from jobs.fx.ecb import read_archive
from jobs.fx.fetch import Limits
from tests.conftest import Database
from tests.jobs.publisher import DAILY, Answer, Publisher, ecb_xml, publisher

Connection = psycopg.Connection[tuple[Any, ...]]
QUICK = Limits(
    connect_seconds=0.5,
    read_seconds=0.3,
    total_seconds=2,
    attempts=2,
    first_wait_seconds=0.02,
    longest_wait_seconds=0.1,
    jitter_seconds=0.02,
    longest_retry_after_seconds=1,
)
JSON = "/v1/latest"
BEFORE = {"USD": "1.08", "CAD": "1.5", "GBP": "0.85", "JPY": "160", "CHF": "0.94"}
TODAY = {"USD": "1.09", "CAD": "1.51", "GBP": "0.86", "JPY": "161.5", "CHF": "0.95"}


@pytest.fixture
def bank(monkeypatch: pytest.MonkeyPatch) -> Iterator[Publisher]:
    monkeypatch.setenv("QUARTERBASE_FX_ALLOW_LOOPBACK", "1")
    monkeypatch.delenv("QUARTERBASE_FX_OFFLINE")
    with publisher() as running:
        yield running


class World:
    """A platform that has yesterday's rates, and whose publishers are all `bank`."""

    def __init__(self, database: Database, owner: Connection, bank: Publisher) -> None:
        self.dsn, self.owner, self.bank = database.dsn("qb_jobs"), owner, bank
        [(self.today,)] = owner.execute("select ops.today()").fetchall()
        self.yesterday = self.today - timedelta(days=1)
        owner.execute(
            "update fx.source set url = case source_id when 'ecb' then %(ecb)s else %(json)s end"
            " where url is not null",
            {"ecb": bank.url + DAILY, "json": bank.url + JSON},
        )
        self.record("ecb", self.days(5, 1), BEFORE)
        self.record("frankfurter", self.days(5, 1), BEFORE)

    def days(self, first: int, last: int) -> list[date]:
        return [self.today - timedelta(days=n) for n in range(first, last - 1, -1)]

    def record(self, source: str, days: list[date], rates: Mapping[str, str]) -> None:
        fixings = [
            {"date": str(d), "currency": c, "rate": r} for d in days for c, r in rates.items()
        ]
        self.owner.execute(
            "select fx.record_rates(p_source_id => %s, p_rates => %s)",
            (source, json.dumps(fixings)),
        )

    def load(self, **options: Any) -> dict[str, Any]:
        return fx_load.load(self.dsn, limits=QUICK, **options)

    def ecb(self, rates: Mapping[str, object] | list[tuple[str, object]], day: Any = None) -> None:
        self.bank.says(Answer(ecb_xml(day or self.today, rates)))

    def frankfurter(self, rates: Mapping[str, str]) -> None:
        body = {"amount": 1.0, "base": "EUR", "date": str(self.today)}
        text = json.dumps({**body, "rates": {c: float(r) for c, r in rates.items()}})
        self.bank.says(Answer(text.encode(), kind="application/json"), path=JSON)

    def rates(self, day: date, source: str = "ecb") -> dict[str, str]:
        rows = self.owner.execute(
            "select currency, rate::text from fx.rate where rate_on = %s and source_id = %s",
            (day, source),
        ).fetchall()
        return dict(rows)

    def reasons(self) -> dict[str, str]:
        rows = self.owner.execute("select received ->> 'currency', reason from fx.quarantine")
        return dict(rows.fetchall())

    def state(self, source: str = "ecb") -> tuple[Any, ...]:
        """failures in a row, breaker open, last error, newest fixing's age"""
        [row] = self.owner.execute(
            "select consecutive_failures, is_breaker_open, last_error, age_days"
            " from fx.source_status where source_id = %s",
            [source],
        ).fetchall()
        return row


@pytest.fixture
def world(database: Database, owner: Connection, bank: Publisher) -> World:
    return World(database, owner, bank)


def test_first_source_that_answers_ends_it(world: World) -> None:
    world.ecb(TODAY)
    done = world.load()
    assert done == {
        "outcome": "ecb: 5 rates read, 5 new, 0 corrected, 0 unchanged, 0 quarantined",
        "source": "ecb",
        "tried": [],
    }
    assert world.rates(world.today) == TODAY
    assert world.bank.paths == [DAILY]
    assert world.state() == (0, False, None, 0)


STATES: dict[str, Answer] = {
    "status 500": Answer(status=500),
    "status 429": Answer(status=429, headers={"Retry-After": "3600"}),
    "status 404": Answer(status=404),
    "web page": Answer(b"<html></html>", kind="text/html"),
    "not XML": Answer(b"<html>200, and yet no rates"),
    "no rates": Answer(b"<Envelope><Cube/></Envelope>"),
    "in time": Answer(ecb_xml("2026-01-02", TODAY), hang=30),
    "5,000,000 bytes": Answer(b"<a>" + b" " * 10_000_000),
    "redirects": Answer(status=301, headers={"Location": "https://10.0.0.1/rates"}),
    "document type": Answer(b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"),
}


@pytest.mark.parametrize("words", STATES)
def test_next_source_serves_when_the_first_is_no_use(world: World, words: str) -> None:
    world.bank.says(STATES[words])
    world.frankfurter(TODAY)
    done = world.load()
    assert done["source"] == "frankfurter"
    [tried] = done["tried"]
    assert words in tried["error"]
    assert world.rates(world.today) == {}
    assert world.rates(world.yesterday) == BEFORE
    assert world.rates(world.today, "frankfurter") == TODAY
    failures, _, last_error, age = world.state()
    assert (failures, last_error, age) == (1, tried["error"], 1)
    # What the derivation uses comes from the source that has the day, both legs.
    [(rate, source)] = world.owner.execute(
        "select rate, source_id from fx.cross_rate"
        " where from_currency = 'USD' and to_currency = 'CAD' and rate_on = %s",
        [world.today],
    ).fetchall()
    assert (source, rate) == ("frankfurter", pytest.approx(Decimal("1.51") / Decimal("1.09")))


def inverted(rates: Mapping[str, str]) -> dict[str, str]:
    return {c: str(round(1 / Decimal(r), 6)) for c, r in rates.items()}


def hundredfold(rates: Mapping[str, str]) -> dict[str, str]:
    return {c: str(Decimal(r) * 100) for c, r in rates.items()}


WRONG: dict[str, dict[str, str]] = {
    "zero": dict.fromkeys(TODAY, "0"),
    "negative": dict.fromkeys(TODAY, "-1.08"),
    "NaN": dict.fromkeys(TODAY, "NaN"),
    "inverted": inverted(TODAY),
    "hundredfold": hundredfold(TODAY),
}


@pytest.mark.parametrize("how", WRONG)
def test_feed_of_wrong_rates_is_quarantined_and_the_next_source_serves(
    world: World, how: str
) -> None:
    world.ecb(WRONG[how])
    world.frankfurter(TODAY)
    done = world.load()
    assert done["source"] == "frankfurter"
    assert "quarantine" in done["tried"][0]["error"]
    assert world.rates(world.today) == {}
    assert world.rates(world.yesterday) == BEFORE
    assert set(world.reasons()) == set(TODAY)
    assert world.state()[0] == 1


def test_inverted_rate_near_parity_does_not_slip_through_alone(world: World) -> None:
    """0.917 against 1.08 is a change of 15 % only."""
    world.ecb({**TODAY, "USD": inverted(TODAY)["USD"]})
    assert world.load()["source"] == "ecb"
    assert world.reasons() == {"USD": "rate_inverted"}


def test_yesterdays_feed_is_yesterdays_rates(world: World) -> None:
    world.ecb(BEFORE, world.yesterday)
    done = world.load()
    assert "5 unchanged" in done["outcome"]
    assert world.rates(world.today) == {}
    # Asked in vain for today: how old the newest fixing is stays visible.
    assert world.state() == (0, False, None, 1)


def test_feed_that_is_too_old_is_no_use(world: World) -> None:
    world.ecb(TODAY, world.today - timedelta(days=9))
    world.frankfurter(TODAY)
    assert world.load()["source"] == "frankfurter"
    assert set(world.reasons().values()) == {"date_stale"}


def test_missing_currency_keeps_its_old_rates(world: World) -> None:
    world.ecb({c: r for c, r in TODAY.items() if c != "GBP"})
    assert world.load()["source"] == "ecb"
    assert "GBP" not in world.rates(world.today)
    assert world.rates(world.yesterday)["GBP"] == "0.85"
    [(closing,)] = world.owner.execute(
        "select fx.closing_rate('EUR', 'GBP', %s)", [world.today]
    ).fetchall()
    assert closing == Decimal("0.85")


def test_key_that_stands_twice_with_two_rates_is_believed_in_neither(world: World) -> None:
    world.ecb([*TODAY.items(), ("USD", "1.2")])
    assert world.load()["source"] == "ecb"
    assert "USD" not in world.rates(world.today)
    assert world.reasons() == {"USD": "rate_contradicted"}


@pytest.fixture
def short_archive(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped archive from 2022 on: a seventh of it, which is recorded in a second."""

    def read_late(content: bytes) -> Iterator[dict[str, str]]:
        return (rate for rate in read_archive(content) if rate["date"] >= "2022")

    monkeypatch.setattr(ecb_bundled, "read_rates", read_late)


@pytest.mark.usefixtures("short_archive")
def test_nobody_answers_and_the_archive_serves(world: World) -> None:
    done = world.load()
    assert done["source"] == "ecb_bundled"
    assert [attempt["source"] for attempt in done["tried"]] == ["ecb", "frankfurter"]
    assert world.rates(date(2022, 12, 30), "ecb_bundled")["USD"] == "1.0666"
    [(refused,)] = world.owner.execute(
        "select count(*) from fx.quarantine where source_id = 'ecb_bundled'"
    ).fetchall()
    assert refused == 0


def test_breaker_opens_after_five_failures_and_a_name_overrides_it(world: World) -> None:
    world.bank.says(Answer(status=404))
    world.frankfurter(TODAY)
    for _ in range(5):
        world.load()
    assert world.state()[:2] == (5, True)
    asked = len(world.bank.asked)
    assert world.load()["tried"] == []
    assert world.bank.paths[asked:] == [JSON]
    with pytest.raises(UserError):
        world.load(source="ecb")
    assert world.state()[0] == 6
    world.ecb(TODAY)
    assert world.load(source="ecb")["source"] == "ecb"
    assert world.state()[:3] == (0, False, None)


def test_long_retry_after_closes_the_door_until_then(world: World) -> None:
    world.bank.says(Answer(status=429, headers={"Retry-After": "7200"}))
    world.frankfurter(TODAY)
    world.load()
    [(wait,)] = world.owner.execute(
        "select extract(epoch from open_until - last_attempt_at) from fx.source_state"
        " where source_id = 'ecb'"
    ).fetchall()
    assert wait == 7200
    assert world.load()["tried"] == []


def test_gap_is_filled_from_the_last_ninety_days(world: World) -> None:
    world.owner.execute("delete from fx.rate where rate_on > %s", [world.today - timedelta(days=4)])
    world.bank.says(Answer(ecb_xml(world.today, TODAY)), path="/stats/eurofxref-hist-90d.xml")
    assert world.load()["source"] == "ecb"
    assert world.bank.paths == ["/stats/eurofxref-hist-90d.xml"]


def test_whole_history_is_asked_for_by_name(world: World) -> None:
    world.frankfurter(TODAY)
    with pytest.raises(UserError):
        world.load(source="ecb", history=True)
    assert world.bank.paths == ["/stats/eurofxref-hist.zip"]


def test_key_is_needed_and_sent_and_never_kept(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.owner.execute("update fx.source set is_enabled = true where source_id = 'exchangerates'")
    world.bank.says(
        Answer(
            json.dumps(
                {"success": True, "base": "EUR", "date": str(world.today), "rates": {"USD": 1.09}}
            ).encode(),
            kind="application/json",
        ),
        path=JSON,
    )
    with pytest.raises(UserError, match="QUARTERBASE_FX_KEY_EXCHANGERATES"):
        world.load(source="exchangerates")
    monkeypatch.setenv("QUARTERBASE_FX_KEY_EXCHANGERATES", "bad\nkey")
    with pytest.raises(UserError) as refusal:
        world.load(source="exchangerates")
    assert "bad" not in str(refusal.value)
    assert world.bank.asked == []
    monkeypatch.setenv("QUARTERBASE_FX_KEY_EXCHANGERATES", "s3cret")
    assert world.load(source="exchangerates")["source"] == "exchangerates"
    assert world.bank.asked[0][1]["apikey"] == "s3cret"
    [(kept,)] = world.owner.execute(
        "select string_agg(s::text, '') from fx.source_state as s"
    ).fetchall()
    assert "s3cret" not in kept


def test_rates_against_another_base_are_refused_as_a_whole(world: World) -> None:
    body = {"amount": 1, "base": "USD", "date": str(world.today), "rates": {"CAD": 1.4}}
    world.bank.says(Answer(json.dumps(body).encode(), kind="application/json"), path=JSON)
    with pytest.raises(UserError, match="USD"):
        world.load(source="frankfurter")
    assert world.rates(world.today, "frankfurter") == {}
    assert world.reasons() == {}


@pytest.mark.usefixtures("short_archive")
def test_what_cannot_be_asked_is_said(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for source, constraint in (
        ("nobody", "fx_source_unknown"),
        ("exchangerates", "fx_source_not_asked"),
        ("manual", "fx_source_not_asked"),
    ):
        with pytest.raises(psycopg.Error) as refusal:
            world.load(source=source)
        assert refusal.value.diag.constraint_name == constraint
    monkeypatch.setenv("QUARTERBASE_FX_OFFLINE", "1")
    with pytest.raises(UserError):
        world.load(source="ecb")
    assert world.load()["source"] == "ecb_bundled"
    assert world.bank.asked == []
