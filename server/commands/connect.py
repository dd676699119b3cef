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
from db.ready import database
from db.settings import Settings, UserError

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
    print(settings.dsn(arguments.login))
    return 0


def _psql(arguments: argparse.Namespace, settings: Settings) -> int:
    with database(settings):
        environment = os.environ | connection_environment(settings.dsn(arguments.login))
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
