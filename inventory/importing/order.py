"""What the door asks of its limited child process."""

import json
from dataclasses import asdict, dataclass

from inventory.importing.limits import Limits


@dataclass(frozen=True, slots=True)
class Order:
    """One reading: the file's name, the sheet wanted, the language to answer in, the limits."""

    name: str
    sheet: str | None
    language: str
    limits: Limits

    def to_json(self) -> str:
        """Return the order as the child's argument."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Order":
        """Return the order in the child's argument."""
        said = json.loads(text)
        return cls(said["name"], said["sheet"], said["language"], Limits(**said["limits"]))
