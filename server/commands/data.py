"""fx load, demo load: data that comes with the platform."""

from __future__ import annotations

import argparse
from typing import Any

from db.ready import database
from db.settings import Settings


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    for group, words, run, detail in (
        (
            "fx",
            "exchange rates",
            _load_fx,
            "load the European Central Bank's rates since 1999, from the archive that is installed;"
            " again changes nothing",
        ),
        (
            "demo",
            "demo data",
            _load_demo,
            "add the demo companies, users and BI login that are missing; changes nothing that is"
            " there",
        ),
    ):
        parser = commands.add_parser(group, help=words, description=words.capitalize() + ".")
        actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
        load = actions.add_parser("load", help=detail, description=detail + ".", parents=[common])
        load.set_defaults(run=run)


def _load_fx(_: argparse.Namespace, settings: Settings) -> int:
    from jobs.fx import ecb_bundled

    with database(settings):
        print(ecb_bundled.load(settings.dsn(), owner=True))
    return 0


def _load_demo(_: argparse.Namespace, settings: Settings) -> int:
    from server.demo import load_demo

    with database(settings):
        for line in load_demo(settings):
            print(line)
    return 0
