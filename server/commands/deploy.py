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
    add("apply", _apply, "bring the database to this version, in one transaction")
    add("check", _check, "rehearse `apply`: do all of it, then roll it back")
    add("drift", _drift, "name what was changed in the database by hand; exit status 1 if anything")
    rollback = add("rollback", _rollback, "undo migrations, newest first")
    rollback.add_argument(
        "--to", required=True, metavar="NNNN", help="the last migration that stays; 0 undoes all"
    )


def _plan(_: argparse.Namespace, settings: Settings) -> int:
    from db import apply

    with database(settings):
        apply.plan(settings.dsn())
    return 0


def _apply(_: argparse.Namespace, settings: Settings) -> int:
    from db import apply

    with database(settings, bootstrap=True):
        apply.apply(settings.dsn())
    return 0


def _check(_: argparse.Namespace, settings: Settings) -> int:
    from db import apply

    with database(settings):
        apply.apply(settings.dsn(), rehearse=True)
    return 0


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
