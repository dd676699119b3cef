"""What the commands about users have in common: roles, scopes, passwords."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from db.settings import UserError
from server.passwords import SHORTEST_PASSWORD

ROLES = ("admin", "editor", "viewer", "auditor", "submitter", "investor")
TWINS = ("editor", "viewer")


def add_role(parser: argparse.ArgumentParser, *, required: bool) -> None:
    """--role, --fund and --company, for whoever adds or changes a user."""
    known = [*ROLES, *(f"{role}_scoped" for role in TWINS)]
    parser.add_argument(
        "--role",
        required=required,
        choices=known,
        metavar="ROLE",
        help=", ".join(ROLES) + "; viewer and editor with --fund or --company are narrowed",
    )
    for option, what in (("fund", "all of this fund"), ("company", "this company")):
        parser.add_argument(
            f"--{option}",
            action="append",
            default=[],
            metavar="NAME" if option == "fund" else "ID",
            help=f"the user sees {what}; once for each",
        )


def add_password(parser: argparse.ArgumentParser, more: str = "") -> None:
    parser.add_argument(
        "--password", choices=["-"], help=f"- reads the password from standard input{more}"
    )


def scoped(role: str, narrowed: bool) -> str:
    """Viewers and editors who are narrowed have roles of their own."""
    return f"{role}_scoped" if narrowed and role in TWINS else role


def scope_words(funds: Sequence[str], companies: Sequence[str]) -> str:
    """What a narrowed user sees: ": Fund IV, company snow"; nothing for everybody else."""
    seen = [*funds, *(f"company {company}" for company in companies)]
    return f": {', '.join(seen)}" if seen else ""


def read_password() -> str:
    if sys.stdin.isatty():
        import getpass

        password = getpass.getpass("Password: ")
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    if len(password) < SHORTEST_PASSWORD:
        raise UserError(f"A password needs at least {SHORTEST_PASSWORD} characters.")
    return password
