"""Catalogs of procedures/ and views/: a table in each README, written from the SQL files.

python -m db.catalogs            rewrites what stands between the two marker lines
python -m db.catalogs --check    changes nothing; exits 1 when a README is stale
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from db.repeatables import Phase, Repeatable, read
from db.settings import ROOT, UserError

BEGIN = "<!-- Written by `python -m db.catalogs` from the SQL files; edits below are lost. -->"
END = "<!-- End of the catalog. -->"

_CREATED = re.compile(
    r"^create or replace (?:function|procedure|aggregate) [\w.]+ ?\((?P<arguments>.*?)\)"
    # An aggregate's result is that of its final function.
    r"(?:(?:\s+returns (?P<result>.+?))?\s+language | ?\()",
    re.MULTILINE | re.DOTALL,
)
_COMMENT = re.compile(
    r"^comment on (?:function|procedure|aggregate|view|materialized view) .*?\bis\s+"
    r"(?P<text>'(?:[^']|'')*'(?:\s+'(?:[^']|'')*')*)\s*;",
    re.MULTILINE | re.DOTALL,
)
_GRANT = re.compile(r"^grant \w+ on .+? to\s+(?P<roles>[\w,\s]+);", re.MULTILINE | re.DOTALL)
_TRIGGER = re.compile(
    r"^create (?:or replace|constraint) trigger (?P<name>\w+)\s+"
    r"(?P<event>(?:before|after) [\w ]+?) on (?P<table>[\w.]+)"
    r".*?execute function (?P<function>[\w.]+)\(",
    re.MULTILINE | re.DOTALL,
)
# An argument list is shown up to here: the file has them all.
SHOWN_ARGUMENTS = 6


@dataclass(frozen=True)
class Entry:
    """What a file says about its object; `comment` is the whole catalog comment."""

    path: str
    name: str
    arguments: tuple[str, ...]
    result: str
    comment: str
    roles: tuple[str, ...]

    @property
    def room(self) -> str:
        return self.path.split("/")[1]

    @property
    def first_sentence(self) -> str:
        return re.split(r"(?<=[.]) (?=[A-Z])", self.comment)[0]


def describe(file: Repeatable) -> Entry:
    """Reads the house format of a function or view file; raises UserError if it is not kept."""
    created = _CREATED.search(file.text)
    comment = _COMMENT.search(file.text)
    if comment is None or (file.phase == Phase.FUNCTION and created is None):
        raise UserError(f"{file.path} does not keep the order create, comment, grant.")
    pieces = re.findall(r"'((?:[^']|'')*)'", comment["text"])
    roles = [r for grant in _GRANT.finditer(file.text) for r in re.split(r",\s*", grant["roles"])]
    return Entry(
        path=file.path,
        name=file.name,
        arguments=tuple(_arguments(created["arguments"])) if created else (),
        result=" ".join((created["result"] or "").split()) if created else "",
        comment="".join(pieces).replace("''", "'"),
        roles=tuple(role.strip() for role in roles),
    )


def _arguments(text: str) -> Iterator[str]:
    for argument in re.split(r",\s*\n", text):
        if declared := " ".join(argument.split()):
            yield re.sub(r" default .*", "", declared)


def functions_table(files: Iterable[Repeatable]) -> str:
    """Functions by room, then the triggers that run some of them."""
    files = list(files)
    entries = [describe(file) for file in files if file.phase == Phase.FUNCTION]
    lines = _tables(
        entries,
        "| function | what it does | granted to |",
        lambda entry: [_signature(entry), entry.first_sentence, _roles(entry.roles)],
    )
    lines += ["", "### Triggers", "", "| table | trigger | fires | runs |", "|---|---|---|---|"]
    lines += sorted(
        f"| `{found['table']}` | `{found['name']}` | {found['event']} | `{found['function']}` |"
        for file in files
        if file.phase == Phase.TRIGGER
        for found in _TRIGGER.finditer(file.text)
    )
    return "\n".join(lines)


def views_table(files: Iterable[Repeatable]) -> str:
    """Views by room."""
    return "\n".join(
        _tables(
            [describe(file) for file in files if file.phase == Phase.VIEW],
            "| view | holds | granted to |",
            lambda entry: [_link(entry, entry.name), entry.first_sentence, _roles(entry.roles)],
        )
    )


def _tables(entries: list[Entry], head: str, row: Callable[[Entry], list[str]]) -> list[str]:
    lines: list[str] = []
    entries = sorted(entries, key=lambda entry: (entry.room, entry.path))
    for room, members in groupby(entries, key=lambda entry: entry.room):
        lines += ["", f"### {room}", "", head, re.sub(r"[^|]+", "---", head)]
        lines += ["| " + " | ".join(_cell(text) for text in row(entry)) + " |" for entry in members]
    return lines


def _link(entry: Entry, text: str) -> str:
    return f"[`{text}`]({entry.path.split('/', 1)[1]})"


def _signature(entry: Entry) -> str:
    if entry.result == "trigger":
        return _link(entry, entry.name) + " (trigger)"
    shown = list(entry.arguments[:SHOWN_ARGUMENTS])
    if more := len(entry.arguments) - len(shown):
        shown.append(f"… {more} more")
    return f"{_link(entry, entry.name)} ({', '.join(shown)})"


def _roles(roles: tuple[str, ...]) -> str:
    return ", ".join(role.removeprefix("qb_") for role in roles) or "–"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


def catalogs(root: Path = ROOT) -> dict[Path, str]:
    """The text each README must have."""
    files = list(read(root).values())
    tables = {"procedures": functions_table(files), "views": views_table(files)}
    return {
        root / folder / "README.md": _spliced(root / folder / "README.md", table)
        for folder, table in tables.items()
    }


def _spliced(path: Path, table: str) -> str:
    text = path.read_text(encoding="utf-8")
    if text.count(BEGIN) != 1 or text.count(END) != 1:
        raise UserError(f"{path} must have the two marker lines of its catalog, once each.")
    return f"{text.split(BEGIN)[0]}{BEGIN}\n{table}\n\n{END}{text.split(END)[1]}"


def main(arguments: list[str]) -> int:
    """The command; returns the exit status."""
    try:
        wanted = catalogs()
    except UserError as error:
        print(f"quarterbase: {error}", file=sys.stderr)
        return 1
    stale = {p: text for p, text in wanted.items() if p.read_text(encoding="utf-8") != text}
    for path, text in stale.items():
        name = path.relative_to(ROOT)
        if "--check" in arguments:
            print(f"quarterbase: {name} is stale: run python -m db.catalogs", file=sys.stderr)
        else:
            path.write_text(text, encoding="utf-8")
            print(f"{name} rewritten")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
