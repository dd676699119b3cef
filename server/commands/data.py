"""fx load, demo load: data that comes with the platform."""

from __future__ import annotations

import argparse
from typing import Any

from db.ready import database
from db.settings import Settings


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    load = _add_load(
        commands,
        common,
        "fx",
        "exchange rates",
        "load the newest exchange rates from the first publisher that has them, or the European"
        " Central Bank's since 1999 from the archive that is installed; again changes nothing",
    )
    load.add_argument(
        "--source",
        metavar="NAME",
        help="ask this publisher only (a source_id of fx.source; ecb_bundled is the archive)",
    )
    load.add_argument(
        "--history", action="store_true", help="ask for all days that the publisher has"
    )
    load.set_defaults(run=_load_fx)
    _add_load(
        commands,
        common,
        "demo",
        "demo data",
        "add the demo companies, users and BI login that are missing; changes nothing that is"
        " there",
    ).set_defaults(run=_load_demo)


def _add_load(
    commands: Any, common: argparse.ArgumentParser, group: str, words: str, detail: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(group, help=words, description=words.capitalize() + ".")
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    load: argparse.ArgumentParser = actions.add_parser(
        "load", help=detail, description=detail + ".", parents=[common]
    )
    return load


def _load_fx(arguments: argparse.Namespace, settings: Settings) -> int:
    from jobs import fx_load

    with database(settings):
        done = fx_load.load(
            settings.dsn(), owner=True, source=arguments.source, history=arguments.history
        )
    for attempt in done["tried"]:
        print(f"{attempt['source']}: {attempt['error']}")
    print(done["outcome"])
    return 0


def _load_demo(_: argparse.Namespace, settings: Settings) -> int:
    from server.demo import load_demo

    with database(settings):
        for line in load_demo(settings):
            print(line)
    return 0
