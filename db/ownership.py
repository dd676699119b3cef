"""Which objects a file stands for."""

from __future__ import annotations

from collections.abc import Mapping

from db.catalog import CatalogObject
from db.repeatables import Phase, Repeatable
from db.settings import UserError


def made_by(
    file: Repeatable,
    before: Mapping[str, CatalogObject],
    after: Mapping[str, CatalogObject],
) -> set[str]:
    """The identities a file stands for, after it ran; refuses a file that makes others."""
    new = {name for name, found in after.items() if before.get(name) != found}
    kinds = {
        Phase.FUNCTION: {"function", "procedure", "aggregate"},
        Phase.VIEW: {"view"},
        Phase.TRIGGER: {"trigger", "attached"},
        Phase.POLICY: {"policy"},
        Phase.SEED: set(),
    }[file.phase]
    candidates = set(after) if file.phase in {Phase.VIEW, Phase.POLICY} else new
    made = {
        name
        for name in candidates
        if after[name].kind in kinds and file.address in {after[name].address, after[name].room}
    }
    others = sorted(name for name in new if name not in made and name not in before)
    if others:
        raise UserError(f"{file.path} also makes {', '.join(others)}: one object a file.")
    if file.phase in {Phase.FUNCTION, Phase.VIEW} and len(made) != 1:
        raise UserError(f"{file.path} must make {file.address}, as its path says.")
    return made
