"""What platforms are called: the names alone, so that a list need not load the whole table."""

import re
from functools import cache
from pathlib import Path

import inventory

_TABLE = Path(inventory.__file__).parent / "platforms.toml"
_NAMED = re.compile(r'^\[platforms\.(\w+)\]\nname = "([^"]*)"', re.MULTILINE)


def platform_name(key: object) -> str:
    """Return a platform's name; the key itself if the table lacks it."""
    return _names().get(str(key), str(key or ""))


@cache
def _names() -> dict[str, str]:
    # Reading addresses takes the table whole, and with it thirty times as long as this.
    return dict(_NAMED.findall(_TABLE.read_text(encoding="utf-8")))
