"""user add, user token: the people of the platform, and the logins of their BI tools."""

from __future__ import annotations

import argparse
import secrets
from typing import Any

import msgspec

from db.calls import call, transaction
from db.ready import database
from db.settings import Settings, UserError
from server import database_logins
from server.commands import user_changes
from server.commands.user_options import (
    add_password,
    add_role,
    named_scope,
    read_password,
    record,
    scoped,
    sight,
)


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("user", help="people, and logins of their BI tools")
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    words = "add a user and print the password"
    add = actions.add_parser("add", help=words, description=words + ".", parents=[common])
    add.add_argument("who", metavar="EMAIL|LOGIN")
    add_role(add, required=True)
    add.add_argument("--name", metavar="NAME", help="how the user is shown to others")
    add_password(add, "; otherwise one is made and printed")
    add.add_argument(
        "--database-login",
        action="store_true",
        help="make a login of PostgreSQL that reads, for BI tools, and print its connection string",
    )
    add.set_defaults(run=_add)
    user_changes.register(actions, common)
    words = "print a bearer token of a user, for scripts"
    token = actions.add_parser("token", help=words, description=words + ".", parents=[common])
    token.add_argument("email", metavar="EMAIL")
    token.set_defaults(run=_token)


def _add(arguments: argparse.Namespace, settings: Settings) -> int:
    if not arguments.database_login and "@" not in arguments.who:
        raise UserError(
            f"{arguments.who} is no e-mail address; a login for BI tools is made with"
            " --database-login."
        )
    if arguments.database_login and arguments.investor:
        raise UserError("A login for BI tools reads for the firm: --investor is for people.")
    given = read_password() if arguments.password else None
    role = scoped(arguments.role, bool(arguments.fund or arguments.company))
    add = _add_login if arguments.database_login else _add_person
    with database(settings):
        password, report = add(arguments, settings, role, given)
    print(report)
    if arguments.database_login:
        print(database_logins.url(settings, arguments.who, password))
    elif given is None:
        print(f"password: {password}")
    return 0


def _add_person(
    arguments: argparse.Namespace, settings: Settings, role: str, given: str | None
) -> tuple[str, str]:
    from server.passwords import hash_password

    password = given or secrets.token_urlsafe(12)
    user = {
        "email": arguments.who,
        "role": role,
        "display_name": arguments.name,
        **named_scope(arguments),
    }
    with transaction(settings.dsn(), owner=True) as connection:
        [(_, _, body)] = call(
            connection,
            "security.create_user",
            p_user=user,
            p_password_hash=hash_password(password),
        )
    made = msgspec.json.decode(body)["data"]
    return password, f"{arguments.who} can log in as {role}: {sight(made)}."


def _add_login(
    arguments: argparse.Namespace, settings: Settings, role: str, given: str | None
) -> tuple[str, str]:
    login = arguments.who
    with transaction(settings.dsn(), owner=True) as connection:
        if call(connection, "security.find_user", p_name=login):
            raise UserError(f"There already is a database login {login}: change it with user set.")
        database_logins.make_login(
            connection,
            login,
            role,
            name=arguments.name,
            funds=arguments.fund,
            companies=arguments.company,
        )
        [(user_id, *_)] = call(connection, "security.find_user", p_name=login)
        seen = sight(record(connection, user_id))
        password = given or database_logins.new_password(settings, login)
        database_logins.set_password(connection, login, password)
    if given and not settings.external:
        settings.keep_secret(login, given)
    return password, f"{login} reads the database as {role}: {seen}."


def _token(arguments: argparse.Namespace, settings: Settings) -> int:
    from server.tokens import issue_token

    with database(settings), transaction(settings.dsn(), owner=True) as connection:
        [(user_id,)] = call(connection, "security.user_id_by_email", p_email=arguments.email)
    if user_id is None:
        raise UserError(f"There is no active user {arguments.email}.")
    print(issue_token(settings, str(user_id)))
    return 0
