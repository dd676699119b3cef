"""Each lint finds nothing in what is deployed, and finds what planted/<lint>.sql plants.

A planted file says what must be found, one `-- finds: text` a finding. It runs as qb_owner (or
after `reset role` as a superuser) in a transaction that is rolled back: roles belong to the whole
server, and what is not committed is seen by no other test.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import Connection, TestServer

LINTS = {path.stem: path for path in sorted(Path(__file__).parent.glob("*.sql"))}
PLANTED = {path.stem: path for path in sorted((Path(__file__).parent / "planted").glob("*.sql"))}


def findings(conn: Connection, lint: Path) -> list[str]:
    """What the lint returns, as the applier prints it, run as the applier runs it."""
    conn.execute("set local role qb_owner")
    return [", ".join(str(value) for value in row) for row in conn.execute(lint.read_bytes())]


def test_every_lint_has_a_planted_offence() -> None:
    assert LINTS.keys() == PLANTED.keys()


@pytest.mark.parametrize("name", LINTS)
def test_lint_finds_what_is_planted_and_nothing_before(
    name: str, deployed: Connection, server: TestServer
) -> None:
    planted = PLANTED[name].read_text(encoding="utf-8")
    expected = re.findall(r"^-- finds: (.+)$", planted, re.MULTILINE)
    with server.alone(), deployed.transaction(force_rollback=True):
        deployed.execute("set local search_path = ''")
        deployed.execute("set local client_min_messages = error")
        assert findings(deployed, LINTS[name]) == []
        deployed.execute(planted.encode())
        found = findings(deployed, LINTS[name])
    assert expected
    assert [text for text in expected if not any(text in line for line in found)] == []
    assert [line for line in found if not any(text in line for text in expected)] == []


@pytest.mark.parametrize("name", LINTS)
def test_lint_says_its_rule_first(name: str) -> None:
    lines = LINTS[name].read_text(encoding="utf-8").splitlines()
    assert re.match(r"-- \S.*", lines[0])
    assert sum(line.endswith(";") for line in lines) == 0, "one query, run as it stands"
