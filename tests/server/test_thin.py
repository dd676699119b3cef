"""The door stays thin: SQL in one file, one database call a handler. Each check can fail."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from db.settings import ROOT

SQL = re.compile(
    r"""\bselect\s+(\S+\s+from|[a-z_]+\.[a-z_]+\s*\()|\bselect\b[^.]*\bfrom\b
      | \binsert\s+into\b | \bupdate\s+\S+\s+(as\s+\w+\s+)?set\b | \bdelete\s+from\b
      | \btruncate\s+(table\s+)?[a-z_]+\.[a-z_] | \bcopy\s+\S+\s+(from|to)\b
      | \bcall\s+\w+\.\w+\s*\(
      | \b(create|alter|drop)\s+(or\s+replace\s+)?(table|view|function|role|schema|database|index)\b
      | \b(grant|revoke)\s+\w+(\s+\w+)?\s+on\b | \bset\s+(local|session|role)\b
      | \A\s*(begin|commit|select\b.*)\s*;?\s*\Z""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
MAY_HOLD_SQL = {"server/db.py"}
# Handlers that call the database more or less than once.
CALLS = {
    "health_live": 0,
    "key_set": 0,
    # Whether the caller may, before a password is hashed; then the work.
    "create_user": 2,
    # And once it is committed, the sessions that came in meanwhile.
    "update_user": 3,
}


def literals(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every piece of text in the code except docstrings."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in docstrings:
            text = node.value.decode("latin-1") if isinstance(node.value, bytes) else node.value
            if isinstance(text, str):
                yield node.lineno, text


def sql_in(source: str) -> list[int]:
    return [line for line, text in literals(ast.parse(source)) if SQL.search(text)]


def calls_of_handlers(source: str) -> dict[str, int]:
    """For every route handler, how often it awaits something that is given the database."""
    found = {}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and any(
            isinstance(mark, ast.Call)
            and isinstance(mark.func, ast.Name)
            and mark.func.id in ("get", "post", "put", "patch", "delete", "route")
            for mark in node.decorator_list
        ):
            calls = [part.value for part in ast.walk(node) if isinstance(part, ast.Await)]
            found[node.name] = sum("db" in names_in(call) for call in calls)
    return found


def names_in(node: ast.AST) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def test_sql_is_in_one_file_only() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for folder in ("server", "jobs")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if str(path.relative_to(ROOT)) not in MAY_HOLD_SQL
        for line in sql_in(path.read_text())
    ]
    assert found == []


def test_every_handler_makes_its_one_call() -> None:
    wrong, seen = [], 0
    for path in sorted((ROOT / "server" / "routes").glob("*.py")):
        for handler, calls in calls_of_handlers(path.read_text()).items():
            seen += 1
            if calls != CALLS.get(handler, 1):
                wrong.append(f"{path.name}: {handler} makes {calls} calls")
    assert wrong == []
    assert seen >= 9


@pytest.mark.parametrize(
    "planted",
    [
        'x = "select 1"',
        'x = "SELECT company_id FROM company.company"',
        'x = f"insert into company.company values ({y})"',
        'x = b"update company.company as c set name = 1"',
        'x = "delete from company.company"',
        'x = "begin"',
        'x = "set role qb_owner"',
        'x = "select security.add_user(%s)"',
        'x = ["create or replace function f()"]',
        'def f():\n    "words"\n    g("commit")',
    ],
)
def test_planted_sql_is_found(planted: str) -> None:
    assert sql_in(planted)


@pytest.mark.parametrize(
    "harmless",
    [
        'x = "Create a company, or update the one with this company_id"',
        'def f():\n    "select from the docstring"',
        'x = "The key was set by an administrator; begin again."',
        'x = "Choose another file to load from."',
    ],
)
def test_english_is_not_sql(harmless: str) -> None:
    assert not sql_in(harmless)


def test_planted_handlers_are_found() -> None:
    source = """
@get("/a")
async def none(db): return 1
@post("/b")
async def two(db): await db.call("x"); return respond(await db.call("y"))
@get("/c")
async def one(db, user): return respond(await db.call("x", user))
async def no_handler(db): ...
"""
    assert calls_of_handlers(source) == {"none": 0, "two": 2, "one": 1}
