"""Rules about the text of SQL files. Each takes an address and a text and returns what offends."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path, PurePosixPath

from db.settings import ROOT
from db.sqltext import without_comments

Rule = Callable[[str, str], list[str]]

# Repeatable files: they are read again and again, and replaced in place.
REPEATABLE = ("procedures/", "views/", "db/policies/")

# Longer than 200 lines with a reason: data is one row a line, a migration is one step for ever.
MAY_BE_LONG = ("db/reference/", "db/migrations/", "db/demo/")

_KEYWORDS = re.compile(
    r"\b(SELECT|FROM|WHERE|JOIN|INSERT|UPDATE|DELETE|CREATE|REPLACE|FUNCTION|VIEW|TABLE|RETURNS?"
    r"|BEGIN|END|CASE|WHEN|THEN|ELSE|AND|NOT|NULL|IS|AS|ON|IF|LOOP|DECLARE|GRANT|REVOKE|COMMENT"
    r"|ORDER|GROUP|PARTITION|OVER|LANGUAGE|STABLE|VOLATILE|IMMUTABLE|EXISTS|RAISE|PERFORM)\b"
)


def sql_files() -> Iterator[tuple[str, str]]:
    """Address from the root of the checkout, and text."""
    for folder in ("db", "procedures", "views", "tests"):
        for path in sorted((ROOT / folder).rglob("*.sql")):
            address = path.relative_to(ROOT).as_posix()
            if "lint/planted" not in address:
                yield address, path.read_text(encoding="utf-8")


def _code(text: str) -> str:
    """The text without comments and without what stands in quotes; function bodies stay."""
    return re.sub(r"'(?:[^']|'')*'", "''", without_comments(text))


def cascades(address: str, text: str) -> list[str]:
    """`cascade` drops, empties or rewrites what nobody named: the applier names what it drops."""
    return re.findall(r"(?i)\bcascade\b", without_comments(text))


def is_too_long(address: str, text: str) -> list[str]:
    """Past 200 lines a helper or a view is waiting to be split out."""
    lines = text.count("\n")
    return [f"{lines} lines"] if lines > 200 and not address.startswith(MAY_BE_LONG) else []


def is_untidy(address: str, text: str) -> list[str]:
    """A comment first, lines of 100 columns, no tabs or trailing blanks, lower-case keywords."""
    # What a rollback does, its migration says.
    told = text.startswith("-- ") or address.endswith(".rollback.sql")
    found = [] if told else ["does not begin with a comment"]
    found += [] if text.endswith("\n") and not text.endswith("\n\n") else ["its last line"]
    for number, line in enumerate(text.splitlines(), 1):
        if len(line) > 100:
            found.append(f"line {number} has {len(line)} columns")
        if "\t" in line or line != line.rstrip():
            found.append(f"line {number} has a tab or trailing blanks")
    return found + [f"keyword {word}" for word in _KEYWORDS.findall(_code(text))]


def is_at_the_wrong_address(address: str, text: str) -> list[str]:
    """One object a file, path = address: procedures/fx/api/rate_on.sql is fx.rate_on."""
    parts = PurePosixPath(address).parts
    if parts[0] not in ("procedures", "views") or address.endswith("README.md"):
        return []
    name = f"{parts[1]}.{PurePosixPath(address).stem}"
    made = re.findall(
        r"(?im)^\s*create\s+(?:or\s+replace\s+|constraint\s+)?"
        r"(materialized view|view|function|procedure|aggregate|table|type|index|trigger)\s+(\S+)",
        # What a function makes when it runs is not made by the file.
        re.sub(r"\$(\w*)\$.*?\$\1\$", "", without_comments(text), flags=re.DOTALL),
    )
    if "triggers" in parts[2:-1]:
        tables = re.findall(r"(?im)^(?:before|after)\b.*?\bon\s+(\S+)$", text)
        strays = [kind for kind, _ in made if kind.lower() != "trigger"]
        return strays + [table for table in tables if table != name] + ([] if tables else ["none"])
    functions = ("function", "procedure", "aggregate")
    kinds = ("view", "materialized view") if parts[0] == "views" else functions
    right = len(made) == 1 and made[0][0].lower() in kinds and made[0][1].split("(")[0] == name
    return [] if right else [f"{kind} {other}" for kind, other in made] or ["makes nothing"]


def is_told_out_of_order(address: str, text: str) -> list[str]:
    """A file tells the whole story of its object: what, then comment on it, then who may use it."""
    if not address.startswith(("procedures/", "views/")) or "/triggers/" in address:
        return []
    places = [
        match.start() if (match := re.search(word, text, re.MULTILINE)) else None
        for word in (r"^create ", r"^comment on ", r"^grant ")
    ]
    known = [place for place in places if place is not None]
    return [] if known == sorted(known) and places[1] is not None else ["create, comment, grant"]


def hides_how_it_runs(address: str, text: str) -> list[str]:
    """A function says how volatile it is; why it is `security definer` stands in the line above.

    An aggregate is what its functions are, but for one thing that it says itself: whether a
    parallel query may use it.
    """
    if not address.startswith("procedures/") or "/triggers/" in address:
        return []
    lines = text.splitlines()
    found = []
    if re.search(r"(?im)^create or replace aggregate ", text):
        told = re.search(r"(?m)^    parallel = (safe|restricted|unsafe),?$", text)
        return [] if told else ["does not say whether it is parallel"]
    if not {"volatile", "stable", "immutable"} & set(lines):
        found.append("no volatility")
    for above, line in pairwise(lines):
        if line == "security definer" and not above.startswith("-- Definer: "):
            found.append("security definer without -- Definer: the reason")
    return found


def selects_star(address: str, text: str) -> list[str]:
    """A view lists its columns: a star freezes those of today, and hides which they are."""
    if not address.startswith("views/"):
        return []
    return re.findall(r"(?im)^\s*(?:select\s+)?(?:distinct\s+)?(?:\w+\.)?\*[,;]?$", _code(text))


def has_no_way_back(address: str, text: str) -> list[str]:
    """Every migration has its .rollback.sql."""
    if not address.startswith("db/migrations/") or address.endswith(".rollback.sql"):
        return []
    path: Path = ROOT / address
    return [] if path.with_suffix(".rollback.sql").exists() else ["no rollback"]
