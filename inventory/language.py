"""Malay and English: which one is spoken now, and the words for it.

English is written in the code; Malay comes from the gettext catalogue under `inventory/locale/`.
"""

import gettext
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from functools import cache
from pathlib import Path

CATALOGUES = Path(__file__).parent / "locale"


class Language(StrEnum):
    """The languages every screen, sheet and message exists in."""

    MALAY = "ms"
    ENGLISH = "en"


_interface = Language.ENGLISH
_here: ContextVar[Language | None] = ContextVar("language", default=None)


def current() -> Language:
    """Return the language spoken here: that of the enclosing `speaking()`, else the interface's."""
    return _here.get() or _interface


def use(language: Language) -> None:
    """Make `language` the interface's for the whole process."""
    global _interface
    _interface = language


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Speak `language` inside the block: a workbook may differ from the screen it came from."""
    token = _here.set(language)
    try:
        yield
    finally:
        _here.reset(token)


def from_environment(environ: Mapping[str, str]) -> Language:
    """Choose the interface's language: `RASMI_LANG`, else the locale, else English."""
    names = (environ.get(name, "") for name in ("RASMI_LANG", "LC_ALL", "LC_MESSAGES", "LANG"))
    chosen = next((name for name in names if name), "")
    return Language.MALAY if chosen.lower().startswith(("ms", "may")) else Language.ENGLISH


def _(message: str) -> str:
    """Return `message` in the language spoken here."""
    return _catalogue(current()).gettext(message) if message else ""


def N_(message: str) -> str:
    """Mark `message` where it is declared; `_()` translates it where it is shown."""
    return message


def plural(one: str, many: str, count: int) -> str:
    """Return the form of the message that fits `count` in the language spoken here."""
    return _catalogue(current()).ngettext(one, many, count)


@cache
def _catalogue(language: Language) -> gettext.NullTranslations:
    return gettext.translation("rasmi", CATALOGUES, [language.value], fallback=True)
