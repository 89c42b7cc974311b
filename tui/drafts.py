"""A form that was open when the terminal went away: kept aside, offered again at the next start."""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from inventory.privacy import guard_text


@dataclass(frozen=True, slots=True)
class Draft:
    """What stood in the form of an account: as typed, choices by their stored word.

    `account` is the row id, None for a new account; `organisation` a row id or a new one's name.
    """

    account: int | None
    address: str
    platform: str | None
    organisation: int | str | None
    texts: Mapping[str, str]
    chosen: Mapping[str, str | bool | None]


def keep(inventory: Path, draft: Draft) -> None:
    """Write the draft of an inventory's form (0600); what the privacy guard refuses stays out."""
    texts = {name: text for name, text in draft.texts.items() if guard_text(text, name) is None}
    address = "" if guard_text(draft.address) else draft.address
    data = asdict(draft) | {"texts": texts, "address": address}
    path = _path(inventory)
    with suppress(OSError):  # the terminal is gone: there is nobody to tell
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(data, file)


def take(inventory: Path) -> Draft | None:
    """Return the draft that was kept, and forget it; None when there is none that can be read."""
    path = _path(inventory)
    try:
        found: Any = json.loads(path.read_text(encoding="utf-8"))
        path.unlink()
        return Draft(**found)
    except (OSError, ValueError, TypeError):
        return None


def _path(inventory: Path) -> Path:
    from platformdirs import user_state_path

    name = sha256(str(inventory.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return user_state_path("rasmi") / f"draft-{name}.json"
