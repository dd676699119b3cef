"""user add, user token: the people of the platform."""

from __future__ import annotations

import argparse
import secrets
import sys
from typing import Any

from db.calls import call, transaction
from db.ready import database
from db.settings import Settings, UserError

ROLES = ("admin", "editor", "viewer", "auditor", "submitter", "investor")
SHORTEST_PASSWORD = 12


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("user", help="the people of the platform")
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    add = actions.add_parser("add", help="add a user and print the password", parents=[common])
    add.add_argument("email", metavar="EMAIL")
    add.add_argument("--role", required=True, choices=ROLES, help=", ".join(ROLES), metavar="ROLE")
    add.add_argument("--name", metavar="NAME", help="how the user is shown to others")
    add.add_argument(
        "--password",
        choices=["-"],
        help="- reads the password from standard input; otherwise one is made and printed",
    )
    add.set_defaults(run=_add)
    token = actions.add_parser(
        "token", help="print a bearer token of a user, for scripts", parents=[common]
    )
    token.add_argument("email", metavar="EMAIL")
    token.set_defaults(run=_token)


def _add(arguments: argparse.Namespace, settings: Settings) -> int:
    from server.passwords import hash_password

    given = _read_password() if arguments.password else None
    password = given or secrets.token_urlsafe(12)
    with database(settings), transaction(settings.dsn(), owner=True) as connection:
        call(
            connection,
            "security.add_user",
            p_email=arguments.email,
            p_group_role=arguments.role,
            p_display_name=arguments.name,
            p_password_hash=hash_password(password),
        )
    print(f"{arguments.email} can log in as {arguments.role}.")
    if given is None:
        print(f"password: {password}")
    return 0


def _token(arguments: argparse.Namespace, settings: Settings) -> int:
    from server.tokens import issue_token

    with database(settings), transaction(settings.dsn(), owner=True) as connection:
        [(user_id,)] = call(connection, "security.user_id_by_email", p_email=arguments.email)
    if user_id is None:
        raise UserError(f"There is no active user {arguments.email}.")
    print(issue_token(settings, str(user_id)))
    return 0


def _read_password() -> str:
    if sys.stdin.isatty():
        import getpass

        password = getpass.getpass("Password: ")
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    if len(password) < SHORTEST_PASSWORD:
        raise UserError(f"A password needs at least {SHORTEST_PASSWORD} characters.")
    return password
