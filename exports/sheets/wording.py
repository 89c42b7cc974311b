"""Words that several sheets share, in the language spoken here."""

from datetime import date

from inventory.language import _
from inventory.platforms import platforms

_HASH_SHOWN = 12


def platform_name(key: str) -> str:
    """Return what people call a platform; the key itself for one the table does not hold."""
    platform = platforms().get(key)
    return platform.name if platform else key


def in_words(day: date | None) -> str:
    """Return a day as it stands inside a sentence, as its cells show it: 20/11/2026."""
    return day.strftime("%d/%m/%Y") if day else _("not known")


def short_hash(text: str) -> str:
    """Return the beginning of a hash, enough to compare by eye."""
    return text[:_HASH_SHOWN]


def capital(words: str) -> str:
    """Return the words as they begin a heading."""
    return words[:1].upper() + words[1:]
