"""The signing keys of a home: `keys/<kid>.pem`. The greatest name signs, all of them verify.

Files are made and removed whole and never changed, so the list of names says whether anything did.
"""

from __future__ import annotations

import logging
import os
import secrets
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import ECAlgorithm

from db.settings import UserError

log = logging.getLogger("quarterbase.keys")

ALGORITHM = "ES256"
_LOOK_AGAIN_AFTER_SECONDS = 2.0
_STAMP = "%Y%m%dT%H%M%SZ"


class KeyRing:
    """The keys of one home, as they are now: a running process sees a rotation by itself."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "keys"
        self._names: frozenset[str] = frozenset()
        self._keys: dict[str, ec.EllipticCurvePrivateKey] = {}
        self._public: dict[str, ec.EllipticCurvePublicKey] = {}
        self._looked_at = -_LOOK_AGAIN_AFTER_SECONDS

    def signing(self) -> tuple[str, ec.EllipticCurvePrivateKey]:
        """The newest key and its id; the first one is made here."""
        self._look()
        if not self._keys:
            write_new_key(self._folder)
            self._look()
        kid = max(self._keys)
        return kid, self._keys[kid]

    def verifying(self, kid: str) -> ec.EllipticCurvePublicKey | None:
        """The key of this id. An id not known yet is looked for at once, a retired one is
        forgotten within two seconds."""
        if kid not in self._keys or self._is_old():
            self._look()
        return self._public.get(kid)

    def published(self) -> dict[str, Any]:
        """The JSON Web Key Set (RFC 7517) for those who verify our tokens: public parts only."""
        self.signing()
        return {
            "keys": [
                {
                    **ECAlgorithm.to_jwk(self._public[kid], as_dict=True),
                    "kid": kid,
                    "use": "sig",
                    "alg": ALGORITHM,
                }
                for kid in sorted(self._keys, reverse=True)
            ]
        }

    def names(self) -> list[str]:
        """Key ids, the signing one first."""
        self._look()
        return sorted(self._keys, reverse=True)

    def rotate(self) -> str:
        """Makes a key that signs from now on; the others go on verifying. Returns its id."""
        return write_new_key(self._folder, later_than=max(self.names(), default=""))

    def retire(self, kid: str) -> None:
        """Removes a key: what it signed is refused from now on. Raises `UserError`."""
        names = self.names()
        if kid not in names:
            raise UserError(f"There is no key {kid}.")
        if kid == names[0]:
            raise UserError(
                f"{kid} signs the tokens of today: run `quarterbase keys rotate` first."
            )
        (self._folder / f"{kid}.pem").unlink()

    def _is_old(self) -> bool:
        return time.monotonic() - self._looked_at > _LOOK_AGAIN_AFTER_SECONDS

    def _look(self) -> None:
        self._looked_at = time.monotonic()
        try:
            names = frozenset(path.name for path in self._folder.iterdir() if path.suffix == ".pem")
        except FileNotFoundError:
            names = frozenset()
        if names != self._names:
            self._names, self._keys = names, self._read(names)
            self._public = {kid: key.public_key() for kid, key in self._keys.items()}

    def _read(self, names: frozenset[str]) -> dict[str, ec.EllipticCurvePrivateKey]:
        keys = {}
        for name in names:
            with suppress(FileNotFoundError):  # retired in this moment
                try:
                    text = (self._folder / name).read_bytes()
                    key = serialization.load_pem_private_key(text, password=None)
                except (ValueError, TypeError):
                    log.error("the signing key %s cannot be read and is left out", name)
                    continue
                if isinstance(key, ec.EllipticCurvePrivateKey):
                    keys[name.removesuffix(".pem")] = key
        return keys


def write_new_key(folder: Path, *, later_than: str = "") -> str:
    """Names sort by age, so the newest key is the greatest name, whatever copied the files."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    kid = f"{_stamp_after(later_than)}-{secrets.token_hex(4)}"
    pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    draft = folder / f".{kid}"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(folder / f"{kid}.pem")  # a reader sees a whole key or none
    return kid


def made_at(kid: str) -> datetime | None:
    """When a key was made, by its name; None when it was named by hand."""
    try:
        return datetime.strptime(kid.partition("-")[0], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def _stamp_after(kid: str) -> str:
    """Now, or a second after that key when it is younger than the clock of this machine."""
    moment = datetime.now(UTC)
    if kid and kid.partition("-")[0] >= f"{moment:{_STAMP}}":
        newest = made_at(kid)
        if newest is None:
            raise UserError(f"The key {kid} sorts after every date: give its file another name.")
        moment = newest + timedelta(seconds=1)
    return f"{moment:{_STAMP}}"
