"""The repeatable files: what each one makes, and in which order they run.

A file's path is the address of its object. The order is derived: phases one after the other,
inside a phase an object comes after those it mentions, ties by path.
"""

from __future__ import annotations

import hashlib
import heapq
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path, PurePosixPath

from db.settings import UserError
from db.sqltext import addresses, controls_transaction

_REQUIRES = re.compile(r"^\s*--\s*requires:\s*(.+?)\s*$", re.MULTILINE)


class Phase(IntEnum):
    """Seeds are last: on a fresh database they meet the same triggers as on an upgraded one."""

    FUNCTION = 0
    VIEW = 1
    TRIGGER = 2
    POLICY = 3
    SEED = 4


@dataclass(frozen=True)
class Repeatable:
    """One file; `address` is `room.object` (triggers: of their table, policies: of their room)."""

    path: str
    phase: Phase
    room: str
    address: str
    text: str

    @property
    def sha256(self) -> str:
        return sha256(self.text)

    @property
    def name(self) -> str:
        return self.address.split(".")[-1]

    @property
    def requires(self) -> list[str]:
        return [name for line in _REQUIRES.findall(self.text) for name in re.split(r"[,\s]+", line)]


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def read(root: Path) -> dict[str, Repeatable]:
    """Every repeatable file of a checkout by path, in the order in which they run."""
    folders = ("procedures/*", "views/*", "db/policies", "db/reference")
    found = [
        _read_one(root, path)
        for folder in folders
        for path in sorted(root.glob(f"{folder}/**/*.sql"))
    ]
    return {file.path: file for phase in Phase for file in _ordered(found, phase)}


def describe(path: str, text: str = "") -> Repeatable:
    """What a path says about its file, whether the file still exists or not."""
    parts = PurePosixPath(path).parts
    folder, room, stem = parts[0], parts[1], PurePosixPath(path).stem
    if folder == "views":
        return Repeatable(path, Phase.VIEW, room, f"{room}.{stem}", text)
    if (folder, room) == ("db", "policies"):
        return Repeatable(path, Phase.POLICY, stem, stem, text)
    if (folder, room) == ("db", "reference"):
        return Repeatable(path, Phase.SEED, room, f"reference.{stem}", text)
    phase = Phase.TRIGGER if "triggers" in parts[2:-1] else Phase.FUNCTION
    return Repeatable(path, phase, room, f"{room}.{stem}", text)


def _read_one(root: Path, path: Path) -> Repeatable:
    file = describe(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8"))
    if controls_transaction(file.text):
        raise UserError(
            f"{file.path} begins or ends a transaction: the deployment is one transaction."
        )
    return file


def _ordered(found: list[Repeatable], phase: Phase) -> list[Repeatable]:
    files: dict[str, Repeatable] = {}
    known = {file.address: file.phase for file in found}
    for file in found:
        if file.phase == phase and (twin := files.setdefault(file.address, file)) is not file:
            raise UserError(f"{twin.path} and {file.path} are both {file.address}: keep one.")
    needs: dict[str, set[str]] = {}
    for file in files.values():
        for name in file.requires:
            if known.get(name, Phase.SEED + 1) > phase:
                raise UserError(
                    f"{file.path} requires {name}, which is no file's object or comes later."
                )
        mentioned = addresses(file.text) | set(file.requires)
        needs[file.address] = {name for name in mentioned if name in files} - {file.address}
    names = in_order(needs, {address: file.path for address, file in files.items()})
    return [files[name] for name in names]


def in_order(needs: Mapping[str, set[str]], tie: Mapping[str, str]) -> list[str]:
    """Topological order with ties by `tie`; names the members of a circle."""
    ready = [(tie[name], name) for name, needed in needs.items() if not needed]
    heapq.heapify(ready)
    left = {name: set(needed) for name, needed in needs.items()}
    order: list[str] = []
    while ready:
        _, name = heapq.heappop(ready)
        order.append(name)
        del left[name]
        for other, needed in left.items():
            if name in needed:
                needed.remove(name)
                if not needed:
                    heapq.heappush(ready, (tie[other], other))
    if left:
        circle = ", ".join(sorted(tie[name] for name in left))
        raise UserError(f"These files need each other in a circle: {circle}.")
    return order
