"""Two narrowed users share the API's only connection for 1,000 requests, and never a row."""

from __future__ import annotations

import asyncio
import json
import random
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from server.db import Answer, Database
from server.errors import Problem
from tests.security.firm import COMPANIES, Firm, Scope

REQUESTS = 1_000
LISTS = ("companies", "metrics_inputs", "financials", "metrics", "latest_metrics")


@dataclass(frozen=True)
class Guest:
    user_id: UUID
    visible: frozenset[str]


async def one_request(database: Database, guest: Guest, dice: random.Random) -> None:
    """Reads, misses, faults and refused writes: whatever happened before, only own rows come."""
    throw, company_id = dice.random(), dice.choice(list(COMPANIES))
    if throw < 0.5:
        page = await database.call(
            f"company.list_{dice.choice(LISTS)}", guest.user_id, p_limit=1000
        )
        assert {row["company_id"] for row in rows(page)} == guest.visible
    elif throw < 0.8:
        status = await status_of(database, guest, "company.get_company", p_company_id=company_id)
        assert status == (200 if company_id in guest.visible else 404)
    elif throw < 0.9:
        change = json.dumps({"company_name": "Stolen"})
        status = await status_of(
            database, guest, "company.update_company", p_company_id=company_id, p_company=change
        )
        assert status == 403
    else:
        status = await status_of(database, guest, "company.list_metrics", p_sort="no such key")
        assert status == 400


def rows(answer: Answer) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(answer.body)["data"]
    return found


async def status_of(database: Database, guest: Guest, function: str, **arguments: Any) -> int:
    try:
        answer = await database.call(function, guest.user_id, **arguments)
    except Problem as problem:
        return problem.status
    assert json.loads(answer.body)["data"]["company_id"] in guest.visible
    return answer.status


def test_two_users_on_one_connection_never_see_a_row_of_each_other(firm: Firm) -> None:
    scopes = Scope.of("Fund I", "c-05"), Scope.of("Fund II", "Fund III")
    guests = [
        Guest(firm.user("viewer_scoped", scope, f"guest{number}@example.com"), scope.visible)
        for number, scope in enumerate(scopes)
    ]
    assert not guests[0].visible & guests[1].visible

    async def all_requests() -> None:
        dice = random.Random(1)
        door = asyncio.Semaphore(15)  # as many as may wait for the one connection
        async with Database(firm.database.dsn("qb_api"), pool_size=1) as database:

            async def next_in_line(number: int) -> None:
                async with door:
                    await one_request(database, guests[number % 2], dice)

            await asyncio.gather(*map(next_in_line, range(REQUESTS)))
            assert database.pool_stats()["pool_size"] == 1
            assert database.pool_stats().get("connections_num") == 1  # the same one all along

    asyncio.run(all_requests())
