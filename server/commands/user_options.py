"""What the commands about users have in common: roles, scopes, passwords."""

from __future__ import annotations

import argparse
import sys
from typing import Any
from uuid import UUID

import msgspec

from db.calls import Connection, call
from db.settings import UserError
from server.passwords import SHORTEST_PASSWORD

ROLES = ("admin", "editor", "viewer", "auditor", "submitter", "investor")
TWINS = ("editor", "viewer")
NARROWED = ("editor_scoped", "viewer_scoped", "submitter")
NO_SCOPE: dict[str, list[str]] = {"funds": [], "companies": [], "investors": []}
WHOLE = ("admin", "editor", "viewer", "auditor")


def add_role(parser: argparse.ArgumentParser, *, required: bool) -> None:
    """--role, --fund, --company and --investor, for whoever adds or changes a user."""
    known = [*ROLES, *(f"{role}_scoped" for role in TWINS)]
    more = "" if required else "; what is named replaces all that the user sees"
    parser.add_argument(
        "--role",
        required=required,
        choices=known,
        metavar="ROLE",
        help=", ".join(known) + "; viewer and editor with --fund or --company become the _scoped"
        " ones, who are narrowed to these",
    )
    for option, metavar, what in (
        ("fund", "NAME", "all of this fund"),
        ("company", "ID", "this company"),
        ("investor", "CODE", "what is this investor's"),
    ):
        parser.add_argument(
            f"--{option}",
            action="append",
            default=[],
            metavar=metavar,
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
    """Role and scope as the database wants them. A narrowed user stays narrowed, with another role
    too, unless --all says otherwise."""
    narrowed = bool(arguments.fund or arguments.company)
    role: str = arguments.role or role_now
    if arguments.whole:
        plain = role.removesuffix("_scoped") if not arguments.role else role
        if narrowed or arguments.investor or plain not in WHOLE:
            raise UserError(
                f"--all is for {', '.join(WHOLE)}, without --fund, --company and --investor."
            )
        return {"role": plain, **NO_SCOPE}
    if narrowed or arguments.investor:  # what is named here is all of it
        return {"role": scoped(role, narrowed), **named_scope(arguments)}
    if arguments.role is None:
        return {}
    was_narrowed = role_now in NARROWED
    widens = role_now == "investor" or (was_narrowed and role not in TWINS)
    if widens and role in WHOLE:
        raise UserError(
            f"{arguments.who} is narrowed, and {role} sees the whole firm: say so with --all."
        )
    return {"role": scoped(role, was_narrowed)}


def named_scope(arguments: argparse.Namespace) -> dict[str, Any]:
    """What the user is narrowed to, as the database wants it."""
    return {
        "funds": arguments.fund,
        "companies": arguments.company,
        "investors": arguments.investor,
    }


def record(connection: Connection, user_id: UUID) -> dict[str, Any]:
    """A user as GET /v1/users/{user_id} answers it."""
    [(_, _, body)] = call(connection, "security.get_user", p_user_id=user_id)
    return msgspec.json.decode(body)["data"]  # type: ignore[no-any-return]


def sight(user: dict[str, Any]) -> str:
    """What a user sees: "the whole firm", "Fund IV, company snow", "nothing"."""
    if user["role"] in WHOLE:
        return "the whole firm"
    return scope_words(user) or "nothing"


def scope_words(user: dict[str, Any]) -> str:
    """What somebody is narrowed to: "Fund IV, company snow", "investor LP-03"."""
    funds = (fund["name"] for fund in user["funds"])
    companies = (f"company {company}" for company in user["companies"])
    investors = (f"investor {investor['investor_code']}" for investor in user["investors"])
    return ", ".join([*funds, *companies, *investors])


def read_password() -> str:
    if sys.stdin.isatty():
        import getpass

        password = getpass.getpass("Password: ")
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    if len(password) < SHORTEST_PASSWORD:
        raise UserError(f"A password needs at least {SHORTEST_PASSWORD} characters.")
    return password
