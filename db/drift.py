"""What somebody changed in the database by hand since it was deployed, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from db import catalog, proofs, record, session
from db.catalog import Facts
from db.record import Record
from db.session import Connection
from db.settings import ROOT, UserError

SHORT = 60


@dataclass(frozen=True)
class Difference:
    """One thing that is not as deployed. `fact` is empty when the whole object is the matter."""

    word: str
    identity: str
    path: str
    fact: str = ""
    words: str = ""

    def __str__(self) -> str:
        where = f"  ({self.path})" if self.path else ""
        words = f": {self.fact} {self.words}" if self.fact else self.words and f": {self.words}"
        return f"{self.word:<8} {self.identity}{where}{words}"


def drift(dsn: str, root: Path = ROOT) -> list[str]:
    """One line per difference: changed, missing or not ours; empty when all is as deployed."""
    del root  # what was deployed stands in the database; files are the plan's matter
    with session.deployment(dsn) as conn, conn.transaction():
        known, now = _look(conn)
    return [str(found) for found in differences(known, now)]


def audit(dsn: str, root: Path = ROOT) -> list[str]:
    """What the lints find and what drifted, when the files themselves have nothing to change."""
    with session.deployment(dsn) as conn, conn.transaction():
        known, now = _look(conn)
        findings = proofs.lint_findings(conn, root)
    return findings + [str(found) for found in differences(known, now)]


def is_deployed(dsn: str) -> bool:
    """Whether anything was ever deployed here."""
    with session.deployment(dsn) as conn:
        return _is_deployed(conn)


def _is_deployed(conn: Connection) -> bool:
    row = conn.execute(  # seen by any login, whatever it may use
        "select exists (select from pg_class as c inner join pg_namespace as n"
        " on c.relnamespace = n.oid where n.nspname = 'ops' and c.relname = 'deployed_object')"
    ).fetchone()
    return bool(row and row[0])


def _look(conn: Connection) -> tuple[Record, dict[str, Facts]]:
    conn.execute("set transaction read only")
    if not _is_deployed(conn):
        raise UserError(
            "Quarterbase is not deployed in this database yet: `quarterbase apply` does it."
        )
    session.become_owner(conn, lock_timeout=10)
    return record.read(conn), catalog.facts(conn)


def differences(known: Record, now: Mapping[str, Facts]) -> list[Difference]:
    """What is not as recorded, by object."""
    recorded = {
        name: (path, facts)
        for path, names in known.objects.items()
        for name, facts in names.items()
        if facts is not None
    }
    found: list[Difference] = []
    for name, (path, facts) in sorted(recorded.items()):
        if name not in now:
            found.append(Difference("missing", name, path))
        elif not facts:
            found.append(
                Difference(
                    "changed", name, path, words="by hand before this version, which records how"
                )
            )
        elif facts != now[name]:
            found += [
                Difference("changed", name, path, fact, words)
                for fact, words in _compare(facts, now[name])
            ]
    return found + [Difference("not ours", name, "") for name in sorted(set(now) - set(recorded))]


def _compare(then: Facts, now: Facts) -> Iterator[tuple[str, str]]:
    """Each fact that differs, and how. What belongs to a new or lost column goes with it."""
    whole: list[str] = []
    for fact in sorted(set(then) | set(now)):
        before, after = then.get(fact), now.get(fact)
        if before == after or any(fact.startswith(f"{name} ") for name in whole):
            continue
        if fact.startswith(("column ", "constraint ", "index ")) and None in (before, after):
            whole.append(fact)
        if after is None:
            yield fact, "was taken away" + _told(before)
        elif before is None:
            yield fact, "was added" + _told(after)
        elif len(before) <= SHORT >= len(after) and "\n" not in before + after:
            yield fact, f"was {before}, is {after}"
        else:
            yield fact, "was rewritten" + _first_difference(before, after)


def _told(value: str | None) -> str:
    if not value or value == "plain":
        return ""
    line = value.strip().partition("\n")[0]
    return f": {line if len(line) <= SHORT else line[:SHORT] + '…'}"


def _first_difference(before: str, after: str) -> str:
    """The first line that differs, as it was and as it is."""
    old, new = before.splitlines(), after.splitlines()
    longest = max(len(old), len(new))
    old += [""] * (longest - len(old))
    new += [""] * (longest - len(new))
    for number, (one, other) in enumerate(zip(old, new, strict=True), 1):
        if one != other:
            where = f", first in line {number}" if longest > 1 else ""
            return f"{where}: was `{one.strip()}`, is `{other.strip()}`"
    return ""
