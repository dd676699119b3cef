"""keys list, keys rotate, keys retire: what signs the bearer tokens of the API."""

from __future__ import annotations

import argparse
from typing import Any

from db.settings import Settings, prepare_home


def register(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("keys", help="the keys that sign bearer tokens")
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    shown = actions.add_parser("list", help="the keys, the signing one first", parents=[common])
    shown.set_defaults(run=_list)
    rotate = actions.add_parser(
        "rotate", help="make a new key; it signs from now on, old ones verify", parents=[common]
    )
    rotate.set_defaults(run=_rotate)
    retire = actions.add_parser(
        "retire",
        help="remove an old key; the tokens it signed are refused",
        description="Removes an old key. The tokens it signed are refused from then on: wait"
        " twelve hours after a rotation, when they have expired, unless the key is no secret any"
        " more.",
        parents=[common],
    )
    retire.add_argument("kid", metavar="KID", help="its name in `quarterbase keys list`")
    retire.set_defaults(run=_retire)


def _list(arguments: argparse.Namespace, settings: Settings) -> int:
    from server.keys import KeyRing, made_at

    for place, kid in enumerate(KeyRing(settings.home).names()):
        made = made_at(kid)
        day = f"{made:%Y-%m-%d %H:%M:%S} UTC" if made else "unknown"
        print(f"{kid}  {'signs' if place == 0 else 'verifies'}  made {day}")
    return 0


def _rotate(arguments: argparse.Namespace, settings: Settings) -> int:
    from server.keys import KeyRing

    prepare_home(settings.home)
    print(f"{KeyRing(settings.home).rotate()} signs from now on; older keys go on verifying.")
    return 0


def _retire(arguments: argparse.Namespace, settings: Settings) -> int:
    from server.keys import KeyRing

    KeyRing(settings.home).retire(arguments.kid)
    print(f"{arguments.kid} is gone; the tokens it signed are refused.")
    return 0
