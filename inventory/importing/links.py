"""One link of a file, and what its row says of it, before any of it is looked up."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from inventory.identity import Identity, Outcome


@dataclass(slots=True)
class Link:
    """One address or handle of the file and everything its row says of it.

    `values` are said outright, `fills` are inferred and only taken where nothing is known.
    `organisation` is the key of its group in the file, `hint` the key of the platform it is said
    to be on. A link that cannot be an account for another reason than its address has a `reason`.
    """

    row: int
    column: str
    value: str
    found: Outcome | None
    organisation: str = ""
    key: str = ""
    hint: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    fills: dict[str, Any] = field(default_factory=dict)
    former: list[Identity] = field(default_factory=list)
    """What the row says the account was called before."""
    sampled: date | None = None
    warnings: list[str] = field(default_factory=list)
    reason: str = ""
    remedy: str = ""

    def __post_init__(self) -> None:
        self.take(self.found)

    def take(self, found: Outcome | None) -> None:
        """Set what the address was found to be, and the key of the account it names ("": none)."""
        self.found = found
        self.key = found.key if isinstance(found, Identity) else ""
