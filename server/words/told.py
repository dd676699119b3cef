"""What is told of an operation beside its summary. What `preview` and `Idempotency-Key` do is said
once, here."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

_PREVIEW = (
    "`preview=true` does the same work and takes it back: the answer (200) is what would be, and "
    "nothing changes."
)
_KEPT = "The same `Idempotency-Key` within 24 hours gets the same answer, and nothing more happens."
_ONCE = "The same `Idempotency-Key` does it once, also when it is sent again after days."


@dataclass(frozen=True)
class Told:
    """`refusals`: names of rules. `is_once`: its record keeps the key, and not for a day only."""

    says: str
    refusals: str = ""
    is_once: bool = False

    def text(self, parameters: Collection[str]) -> str:
        """The description of an operation with these parameters."""
        rules = ", ".join(f"`{rule}`" for rule in self.refusals.split())
        sentences = (
            self.says,
            _PREVIEW if "preview" in parameters else "",
            (_ONCE if self.is_once else _KEPT) if "Idempotency-Key" in parameters else "",
            f"Refused, among others: {rules}." if rules else "",
        )
        return " ".join(filter(None, sentences))
