"""What the commands about users have in common: roles, scopes, passwords."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from db.calls import Connection, call
from db.settings import UserError
from server.passwords import SHORTEST_PASSWORD

ROLES = ("admin", "editor", "viewer", "auditor", "submitter", "investor")
TWINS = ("editor", "viewer")
NARROWED = ("editor_scoped", "viewer_scoped", "submitter")
WHOLE = ("admin", "editor", "viewer", "auditor")


def add_role(parser: argparse.ArgumentParser, *, required: bool) -> None:
    """--role, --fund and --company, for whoever adds or changes a user."""
    known = [*ROLES, *(f"{role}_scoped" for role in TWINS)]
    more = "" if required else "; what is named replaces all of the user's funds and companies"
    parser.add_argument(
        "--role",
        required=required,
        choices=known,
        metavar="ROLE",
        help=", ".join(known) + "; viewer and editor with --fund or --company become the _scoped"
        " ones, who are narrowed to these",
    )
    for option, what in (("fund", "all of this fund"), ("company", "this company")):
        parser.add_argument(
            f"--{option}",
            action="append",
            default=[],
            metavar="NAME" if option == "fund" else "ID",
            help=f"the user sees {what}; once for each{more}",
        )


def add_password(parser: argparse.ArgumentParser, more: str = "") -> None:
    parser.add_argument(
        "--password", choices=["-"], help=f"- reads the password from standard input{more}"
    )


def scoped(role: str, narrowed: bool) -> str:
    """Viewers and editors who are narrowed have roles of their own."""
    return f"{role}_scoped" if narrowed and role in TWINS else role


def scope_change(arguments: argparse.Namespace, role_now: str) -> dict[str, Any]:
    """Role, funds and companies as the database wants them. A narrowed user stays narrowed, with
    another role too, unless --all says otherwise."""
    narrowed = bool(arguments.fund or arguments.company)
    role: str = arguments.role or role_now
    if arguments.whole:
        plain = role.removesuffix("_scoped") if not arguments.role else role
        if narrowed or plain not in WHOLE:
            raise UserError(f"--all is for {', '.join(WHOLE)}, without --fund and --company.")
        return {"role": plain, "funds": [], "companies": []}
    if narrowed:  # what is named here is all of it
        named = {"funds": arguments.fund, "companies": arguments.company}
        return {"role": scoped(role, narrowed), **named}
    if arguments.role is None:
        return {}
    was_narrowed = role_now in NARROWED
    if was_narrowed and role in WHOLE and role not in TWINS:
        raise UserError(
            f"{arguments.who} is narrowed, and {role} sees the whole firm: say so with --all."
        )
    return {"role": scoped(role, was_narrowed)}


def record(connection: Connection, user_id: UUID) -> dict[str, Any]:
    """A user as GET /v1/users/{user_id} answers it."""
    [(_, _, body)] = call(connection, "security.get_user", p_user_id=user_id)
    return msgspec.json.decode(body)["data"]  # type: ignore[no-any-return]


def sight(user: dict[str, Any]) -> str:
    """What a user sees: "the whole firm", "Fund IV, company snow", "nothing"."""
    if user["role"] in WHOLE:
        return "the whole firm"
    return scope_words([fund["name"] for fund in user["funds"]], user["companies"]) or "nothing"


def scope_words(funds: Sequence[str], companies: Sequence[str]) -> str:
    """What somebody is narrowed to: "Fund IV, company snow"."""
    return ", ".join([*funds, *(f"company {company}" for company in companies)])


def read_password() -> str:
    if sys.stdin.isatty():
        import getpass

        password = getpass.getpass("Password: ")
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    if len(password) < SHORTEST_PASSWORD:
        raise UserError(f"A password needs at least {SHORTEST_PASSWORD} characters.")
    return password
