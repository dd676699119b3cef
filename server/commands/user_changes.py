"""user set, user revoke, user list: what becomes of the people of the platform."""

from __future__ import annotations

import argparse
from typing import Any, NamedTuple
from uuid import UUID

from db.calls import Connection, call, read_all, transaction
from db.ready import database
from db.settings import Settings, UserError
from server import database_logins
from server.commands.user_options import (
    add_password,
    add_role,
    read_password,
    record,
    scope_change,
    scope_words,
    sight,
)


class Known(NamedTuple):
    """A user as security.find_user finds one."""

    user_id: UUID
    role: str
    is_active: bool
    login: str | None


def register(actions: Any, common: argparse.ArgumentParser) -> None:
    words = "change a user's role, scope, password or activity; it acts at once"
    change = actions.add_parser("set", help=words, description=words + ".", parents=[common])
    change.add_argument("who", metavar="EMAIL|LOGIN")
    add_role(change, required=False)
    change.add_argument(
        "--all",
        dest="whole",
        action="store_true",
        help="the user is narrowed no longer and sees the whole firm",
    )
    activity = change.add_mutually_exclusive_group()
    activity.add_argument("--active", action="store_true", default=None, help="let in again")
    activity.add_argument(
        "--inactive", dest="active", action="store_false", help="the same as user revoke"
    )
    add_password(change)
    change.set_defaults(run=_set)
    words = "end a user at once: logins, tokens and open connections"
    revoke = actions.add_parser("revoke", help=words, description=words + ".", parents=[common])
    revoke.add_argument("who", metavar="EMAIL|LOGIN")
    revoke.set_defaults(run=_revoke)
    words = "list users, their roles, and what the narrowed ones see"
    show = actions.add_parser("list", help=words, description=words + ".", parents=[common])
    show.set_defaults(run=_list)


def _set(arguments: argparse.Namespace, settings: Settings) -> int:
    given = (arguments.role, arguments.active, arguments.password)
    scope = arguments.fund or arguments.company or arguments.investor or arguments.whole
    if not scope and not any(value is not None for value in given):
        raise UserError(
            "Say what to change: --role, --fund, --company, --investor, --all, --active,"
            " --inactive or --password."
        )
    password = read_password() if arguments.password else None
    with database(settings):
        with transaction(settings.dsn(), owner=True) as connection:
            known = _find(connection, arguments.who)
            change = scope_change(arguments, known.role)
            if arguments.active is not None:
                change["active"] = arguments.active
            _update(connection, known, change, password)
            now = _find(connection, arguments.who)
            seen = sight(record(connection, now.user_id))
        _after_commit(settings, known, now)
        if password and now.login and not settings.external:
            settings.keep_secret(now.login, password)
    print(f"{arguments.who} is {f'{now.role}: {seen}' if now.is_active else 'ended'}.")
    return 0


def _revoke(arguments: argparse.Namespace, settings: Settings) -> int:
    with database(settings):
        with transaction(settings.dsn(), owner=True) as connection:
            known = _find(connection, arguments.who)
            _update(connection, known, {"active": False}, None)
        _after_commit(settings, known, known._replace(is_active=False))
    print(f"{arguments.who} is ended: logins, tokens and open connections.")
    return 0


def _list(_: argparse.Namespace, settings: Settings) -> int:
    with database(settings), transaction(settings.dsn(), owner=True) as connection:
        users = read_all(connection, "security.user_record")
    rows = [
        (
            user["database_login"] or user["email"],
            user["role"],
            "active" if user["active"] else "ended",
            scope_words(user),
        )
        for user in users
    ]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    for row in sorted(rows):
        cells = [cell.ljust(width) for cell, width in zip(row[:3], widths, strict=True)]
        print("  ".join([*cells, row[3]]).rstrip())
    return 0


def _find(connection: Connection, who: str) -> Known:
    found = call(connection, "security.find_user", p_name=who)
    if not found:
        raise UserError(f"There is no user and no database login {who}.")
    return Known(*found[0])


def _update(
    connection: Connection, known: Known, change: dict[str, Any], password: str | None
) -> None:
    from server.passwords import hash_password

    call(
        connection,
        "security.update_user",
        p_user_id=known.user_id,
        p_user=change,
        p_password_hash=hash_password(password) if password and not known.login else None,
    )
    if known.login:
        # Also when nothing changed: what somebody did to the login by hand is put right.
        call(connection, "security.align_database_login", p_login=known.login)
        if password:
            database_logins.set_password(connection, known.login, password)


def _after_commit(settings: Settings, before: Known, now: Known) -> None:
    if now.login and not (now.is_active and now.role == before.role):
        database_logins.close_sessions(settings, now.login)
