"""Just enough reading of SQL text: what is code and what is comment or literal, and where
statements end. PostgreSQL itself does the parsing; this only serves ordering and refusals."""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"""
    (?P<comment> --[^\n]* | /\*.*?\*/ )
    | (?P<literal>
        \$(?P<tag>[A-Za-z_]\w*|)\$ .*? \$(?P=tag)\$
        | (?<!\w)[eE]'(?:[^'\\]|\\.|'')*'
        | '(?:[^']|'')*'
    )
    | (?P<quoted_name> "(?:[^"]|"")*" )
    """,
    re.DOTALL | re.VERBOSE,
)
_ADDRESS = re.compile(r"\b([a-z_]\w*)\.([a-z_]\w*)\b")
_TRANSACTION_CONTROL = re.compile(
    r"\s*(begin|commit|rollback|abort|start\s+transaction|prepare\s+transaction)\b", re.IGNORECASE
)


def without_comments(text: str) -> str:
    """The text with every comment blanked; lengths and line numbers stay."""
    return _blank(text, ("comment",))


def code_only(text: str) -> str:
    """The text with comments, strings and dollar-quoted bodies blanked."""
    return _blank(text, ("comment", "literal"))


def _blank(text: str, kinds: tuple[str, ...]) -> str:
    def replace(match: re.Match[str]) -> str:
        if match.lastgroup in kinds or (match["literal"] is not None and "literal" in kinds):
            return re.sub(r"[^\n]", " ", match[0])
        return match[0]

    return _TOKEN.sub(replace, text)


def addresses(text: str) -> set[str]:
    """Every `room.object` that the code of a file mentions."""
    return {f"{room}.{name}" for room, name in _ADDRESS.findall(code_only(text))}


def statements(text: str) -> list[str]:
    """The single statements of a file, for what PostgreSQL refuses to run several at a time."""
    code = code_only(text)
    ends = [match.end() for match in re.finditer(";", code)] + [len(text)]
    pieces = [
        text[start:end]
        for start, end in zip([0, *ends[:-1]], ends, strict=True)
        if code[start:end].strip(" \n\t\r;")
    ]
    return pieces


def controls_transaction(text: str) -> bool:
    """Whether a statement of the file would end the deployment's transaction."""
    return any(_TRANSACTION_CONTROL.match(piece) for piece in code_only(text).split(";"))


def line_of(text: str, position: int) -> int:
    """The line (from 1) of a character position (from 1) as PostgreSQL reports it."""
    return text.count("\n", 0, position - 1) + 1
