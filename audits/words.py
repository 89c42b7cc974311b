"""Text that carries both languages with it: rules, clauses and facts are data, not catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from inventory.language import Language, current


class Incomplete(Exception):
    """A text lacks one of the languages; the message says which."""


@dataclass(frozen=True, slots=True)
class Words:
    """One text in English and Malay."""

    en: str
    ms: str

    @property
    def here(self) -> str:
        """The text in the language spoken here."""
        return self.ms if current() is Language.MALAY else self.en

    def filled(self, **values: object) -> "Words":
        """Return the text with `{name}` replaced by the values, in both languages."""
        return Words(self.en.format(**values), self.ms.format(**values))


def words_from(table: object) -> Words:
    """Read `{en, ms}`; raises Incomplete when a language is missing or empty."""
    found: Mapping[str, Any] = table if isinstance(table, Mapping) else {}
    missing = [name for name in ("en", "ms") if not str(found.get(name, "")).strip()]
    if missing:
        raise Incomplete(" and ".join(missing))
    return Words(str(found["en"]), str(found["ms"]))
