"""dsn, psql: the database itself."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
from collections.abc import Sequence
from typing import Any

from psycopg import pq
from psycopg.conninfo import conninfo_to_dict

from db.binaries import find_client
from db.calls import Connection, call, connect, transaction
from db.ready import database
from db.settings import LOGIN_VARIABLES, SUPERUSER, Settings, UserError

OWN_LOGINS = (*LOGIN_VARIABLES, SUPERUSER)
OWN_OPTIONS = ("--as", "--home", "--port")


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    dsn = commands.add_parser(
        "dsn",
        help="print a connection string, password included",
        description="Prints a connection string, password included.",
        parents=[common],
    )
    psql = commands.add_parser(
        "psql",
        help="open psql; what follows goes to psql",
        description="Opens psql. Everything after the options below goes to psql:"
        " quarterbase psql --as bi_all -c 'table bi.company'",
        usage="quarterbase psql [--as LOGIN] [--home DIR] [psql options …]",
        parents=[common],
    )
    for parser, run in ((dsn, _dsn), (psql, _psql)):
        parser.add_argument(
            "--as",
            dest="login",
            default="qb_deploy",
            metavar="LOGIN",
            help="database login (qb_deploy); bi_all reads the published views",
        )
        parser.set_defaults(run=run)


def split_psql(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """Our own part of a command line, and what psql gets: all from the first word not ours."""
    words = list(arguments)
    if "psql" not in words:
        return words, []
    position = words.index("psql") + 1
    while position < len(words):
        word = words[position]
        if word in OWN_OPTIONS:
            position += 2
        elif word == "--help" or word.startswith(tuple(f"{option}=" for option in OWN_OPTIONS)):
            position += 1
        else:
            break
    return words[:position], words[position:]


def _dsn(arguments: argparse.Namespace, settings: Settings) -> int:
    if arguments.login in OWN_LOGINS:
        print(settings.dsn(arguments.login))
        return 0
    with database(settings):
        print(login_dsn(settings, arguments.login))
    return 0


def login_dsn(settings: Settings, login: str) -> str:
    """Connection string of a login that is let in; nothing is kept for one that is not."""
    if login in OWN_LOGINS or settings.external:
        return settings.dsn(login)
    with transaction(settings.dsn(), owner=True) as connection:
        check_login(connection, login)
    dsn = settings.dsn(login)
    try:
        connect(dsn).close()
    except UserError as error:
        if "password authentication" not in str(error):
            raise
        raise UserError(
            f"{login} has a password that is not kept here: quarterbase user set {login}"
            " --password - sets it anew."
        ) from None
    return dsn


def check_login(connection: Connection, login: str) -> None:
    """Passes for the platform's own logins, and those of BI tools whose users are active."""
    if login in OWN_LOGINS:
        return
    found = call(connection, "security.find_user", p_name=login)
    if not found or found[0][3] is None or "@" in login:
        raise UserError(f"There is no database login {login}: quarterbase user list shows them.")
    if not found[0][2]:
        raise UserError(
            f"The database login {login} is ended: quarterbase user set {login} --active lets it"
            " in again."
        )


def _psql(arguments: argparse.Namespace, settings: Settings) -> int:
    with database(settings):
        environment = os.environ | connection_environment(login_dsn(settings, arguments.login))
        program = find_client("psql")
        process = subprocess.Popen([program, *arguments.psql_arguments], env=environment)
        # Ctrl-C is for psql, which cancels its query; we wait for it to end.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        return process.wait()


def connection_environment(dsn: str) -> dict[str, str]:
    """A connection string as libpq's variables, so that no password shows in a process list."""
    given = conninfo_to_dict(dsn)
    variables = {
        option.keyword.decode(): option.envvar.decode()
        for option in pq.Conninfo.get_defaults()
        if option.envvar
    }
    unknown = [name for name in given if name not in variables]
    if unknown:
        raise UserError(f"psql cannot be given {', '.join(unknown)}: take it out of the DSN.")
    return {variables[name]: str(value) for name, value in given.items()}
