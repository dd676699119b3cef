"""The command line: `quarterbase --help`."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import psycopg

from db.calls import sentence
from db.settings import LOGIN_VARIABLES, Settings, UserError, reason
from server import up
from server.commands import bi, connect, data, deploy, jobs, keys, users

Command = Callable[[argparse.Namespace, Settings], int]

DESCRIPTION = "Portfolio and fund reporting that lives in PostgreSQL."
EPILOG = """\
environment:
  QUARTERBASE_HOME       where the embedded database, its passwords and logs live (./.quarterbase)
  QUARTERBASE_PORT       port of the API (8000)
  QUARTERBASE_DSN        another PostgreSQL, 17 or newer, instead of the embedded one: the
                         connection of the deploy login, with which go
  QUARTERBASE_API_DSN    the connection of the API (qb_api), and
  QUARTERBASE_JOBS_DSN   the connection of the clock (qb_jobs)

`quarterbase COMMAND --help` explains a command. Every failure is one sentence and exit status 1.
"""


def build_parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    group = common.add_argument_group("where")
    group.add_argument("--home", type=Path, metavar="DIR", help="home directory (./.quarterbase)")
    group.add_argument("--port", type=int, metavar="N", help="port of the API (8000)")
    parser = argparse.ArgumentParser(
        prog="quarterbase",
        description=DESCRIPTION,
        epilog=EPILOG,
        parents=[common],
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for module in (up, deploy, data, users, keys, jobs, connect, bi):
        module.register(commands, common)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Entry point of the `quarterbase` command; returns the exit status."""
    given = list(sys.argv[1:] if argv is None else argv)
    own, passed_on = connect.split_psql(given)
    try:
        arguments = build_parser().parse_args(own)
        arguments.psql_arguments = passed_on
        for name in (signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(name) is not signal.SIG_IGN:  # as under nohup
                signal.signal(name, _interrupt)
        settings = Settings.load(getattr(arguments, "home", None), getattr(arguments, "port", None))
        _check_environment(settings)
        run: Command = arguments.run
        return run(arguments, settings)
    except UserError as error:
        return _fail(str(error))
    except psycopg.Error as error:
        return _fail(sentence(error))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of our output has seen enough
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        return _fail(f"{reason(error)}: {error.filename}." if error.filename else f"{error}.")


def _check_environment(settings: Settings) -> None:
    if settings.external:
        return
    for variable in LOGIN_VARIABLES.values():
        if os.environ.get(variable):
            raise UserError(f"{variable} is set but QUARTERBASE_DSN is not: set all three or none.")
    # Meant for other servers; libpq would mix them into our own connections.
    for variable in [name for name in os.environ if name.startswith("PG")]:
        del os.environ[variable]


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def _fail(words: str) -> int:
    sys.stdout.flush()  # what was said before comes first, also where both go to one file
    print(f"quarterbase: {words}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
