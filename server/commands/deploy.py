"""plan, apply, check, drift, rollback: what is deployed, and what would be."""

from __future__ import annotations

import argparse
from typing import Any

from db.ready import database
from db.settings import Settings


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    def add(name: str, run: Any, words: str) -> argparse.ArgumentParser:
        parser: argparse.ArgumentParser = commands.add_parser(
            name, help=words, description=words[0].upper() + words[1:] + ".", parents=[common]
        )
        parser.set_defaults(run=run)
        return parser

    add("plan", _plan, "print what `apply` would do, and do nothing")
    deploy = add("apply", _apply, "bring the database to this version, in one transaction")
    deploy.add_argument(
        "--repair",
        action="store_true",
        help="also take back what was changed by hand: views, functions, triggers, policies,"
        " grants, row security; names what only a migration can",
    )
    add("check", _check, "rehearse `apply`: do all of it, then roll it back")
    add("drift", _drift, "say what was changed in the database by hand; exit status 1 if anything")
    rollback = add("rollback", _rollback, "undo migrations, newest first")
    rollback.add_argument(
        "--to", required=True, metavar="NNNN", help="the last migration that stays; 0 undoes all"
    )


def _plan(_: argparse.Namespace, settings: Settings) -> int:
    from db import apply

    with database(settings, from_nothing=True):
        apply.plan(settings.dsn())
    return 0


def _apply(arguments: argparse.Namespace, settings: Settings) -> int:
    from db import apply

    with database(settings, from_nothing=True, bootstrap=True):
        changed = apply.apply(settings.dsn(), repair=arguments.repair)
        left = apply.drift(settings.dsn()) if changed else apply.audit(settings.dsn())
    if arguments.repair:
        return _tell("What --repair cannot take back (db/README.md says who can):", left)
    return _found(left, changed=changed)


def _check(_: argparse.Namespace, settings: Settings) -> int:
    from db import apply

    with database(settings, from_nothing=True):
        changed = apply.apply(settings.dsn(), rehearse=True)
        if changed and not apply.is_deployed(settings.dsn()):
            return 0
        left = apply.drift(settings.dsn()) if changed else apply.audit(settings.dsn())
    return _found(left, changed=changed)


def _found(left: list[str], *, changed: bool) -> int:
    """A deployment that went well stays one, whatever it left alone."""
    if changed:
        _tell("Changed by hand, and left so:", left)
        return 0
    return _tell("But the database is not as it should be:", left)


def _tell(words: str, lines: list[str]) -> int:
    if lines:
        print(words, *(f"  {line}" for line in lines), sep="\n")
    return 1 if lines else 0


def _drift(_: argparse.Namespace, settings: Settings) -> int:
    from db import apply

    with database(settings):
        changed = apply.drift(settings.dsn())
    for line in changed:
        print(line)
    if not changed:
        print("no drift")
    return 1 if changed else 0


def _rollback(arguments: argparse.Namespace, settings: Settings) -> int:
    from db import apply

    with database(settings):
        apply.rollback(settings.dsn(), arguments.to)
    return 0
