"""What a platform allows in a name or an id: one canonical text, or the rule that it breaks."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Any

from inventory.addresses import ascii_host, normal, without_www
from inventory.language import _


class KeyKind(StrEnum):
    """What a key is made of: what the account is called, or what never changes."""

    HANDLE = "handle"
    ID = "id"
    LEGACY = "legacy"
    INVITE = "invite"
    HOST = "host"
    FEED = "feed"


_SETS = {"letters": "a-z", "any letters": "a-z\u0080-\U0010ffff", "digits": "0-9"}
_WORD_CATEGORIES = ("L", "M", "N")


@dataclass(frozen=True, slots=True)
class Value:
    """One way a platform names an account, as `platforms.toml` describes it."""

    name: str
    kind: KeyKind
    allow: tuple[str, ...] = ()
    least: int = 1
    most: int = 64
    start: tuple[str, ...] = ()
    not_start: str = ""
    not_end: tuple[str, ...] = ()
    no_double: str = ""
    needs_letter: bool = False
    shape: str = ""
    example: str = ""
    exact: bool = False
    ignore: str = ""
    key: str = "{}"
    url: str = ""
    reserved: bool = True
    federated: bool = False
    marks: tuple[str, ...] = ()
    whole: str = ""

    def fold(self, text: str) -> str:
        """Return the text as the platform compares it: case and ignored characters gone."""
        if self.federated and "@" in text:
            name, _at, host = text.rpartition("@")
            text = f"{name}@{without_www(ascii_host(host))}"
        if not self.exact:
            text = normal(text.lower())
        for character in self.ignore:
            text = text.replace(character, "")
        return text

    def accepts(self, folded: str) -> bool:
        """Say whether a folded text can be this value."""
        if not _compiled(self.whole).fullmatch(folded):
            return False
        return folded.isascii() or bool(self.shape) or _is_word(folded, self.allow)

    def broken_rule(self, text: str, platform: str) -> str:
        """Return, in words, the first rule `text` breaks; `platform` is the platform's name."""
        return next(self._broken(self.fold(text), text, platform), "")

    def key_value(self, folded: str) -> str:
        """Return the value part of the key."""
        return folded if self.key == "{}" else self.key.format(folded)

    def address(self, folded: str) -> str:
        """Return the canonical address of the account; the same for all its written forms."""
        quoted = folded if _plain(folded) else _quoted(folded)
        if self.federated:
            name, _at, host = quoted.rpartition("@")
            return self.url.format(name=name, host=host)
        return self.url.format(quoted)

    def _broken(self, folded: str, text: str, platform: str) -> Iterator[str]:
        if self.shape:
            if not _compiled(self.shape).fullmatch(folded):
                yield _(
                    "An address on {platform} holds a code such as {example}; this one does not."
                ).format(platform=platform, example=self.example)
        else:
            yield from self._broken_letters(folded, text, platform)
        for end in self.not_end:
            if folded.endswith(end):
                yield _("{noun} on {platform} does not end in “{end}”.").format(
                    noun=self._noun(), platform=platform, end=end
                )

    def _broken_letters(self, folded: str, text: str, platform: str) -> Iterator[str]:
        allowed = _compiled(f"[{_characters(self.allow)}]*")
        if not allowed.fullmatch(folded) or not (folded.isascii() or _is_word(folded, self.allow)):
            yield _("{noun} on {platform} holds only {allowed}; this one holds {found}.").format(
                noun=self._noun(),
                platform=platform,
                allowed=_in_words(self.allow),
                found=self._strangers(folded),
            )
        if not self.least <= len(folded) <= self.most:
            yield _(
                "A name on {platform} has {least} to {most} characters; this one has {count}."
            ).format(
                noun=self._noun(),
                platform=platform,
                least=self.least,
                most=self.most,
                count=len(folded),
            )
        if self.start and not _compiled(f"[{_characters(self.start)}]").match(folded):
            yield _("{noun} on {platform} begins with one of: {allowed}.").format(
                noun=self._noun(), platform=platform, allowed=_in_words(self.start)
            )
        if self.not_start and folded[:1] in self.not_start:
            yield _("{noun} on {platform} does not begin with “{start}”.").format(
                noun=self._noun(), platform=platform, start=folded[:1]
            )
        if self.no_double and self.no_double * 2 in folded:
            yield _("{noun} on {platform} never holds “{double}” twice in a row.").format(
                noun=self._noun(), platform=platform, double=self.no_double
            )
        if self.needs_letter and folded.isdigit():
            yield _("{noun} on {platform} is never made of digits alone.").format(
                noun=self._noun(), platform=platform
            )

    def _noun(self) -> str:
        return _("An id") if self.kind is KeyKind.ID else _("A name")

    def _strangers(self, folded: str) -> str:
        """Name the characters that do not belong, each once, at most five."""
        allowed = _compiled(f"[{_characters(self.allow)}]")
        strange = [c for c in dict.fromkeys(folded) if not allowed.match(c)] or [
            c for c in dict.fromkeys(folded) if not _is_word(c, self.allow)
        ]
        return ", ".join(_named(character) for character in strange[:5])


def value_from(name: str, fields: Mapping[str, Any]) -> Value:
    """Build a value from its table; raises TypeError or ValueError for an unknown field."""
    given = dict(fields)
    kind = KeyKind(given.pop("kind", name))
    for listed in ("allow", "start", "not_end", "marks"):
        if listed in given:
            given[listed] = tuple(given[listed])
    value = Value(name=name, kind=kind, **given)
    return replace(value, whole=_whole_pattern(value))


def _whole_pattern(value: Value) -> str:
    """Write all rules of a value as one expression, each part of it linear in the text."""
    start = f"(?=[{_characters(value.start)}])" if value.start else ""
    not_start = f"(?![{re.escape(value.not_start)}])" if value.not_start else ""
    no_double = f"(?!.*{re.escape(value.no_double * 2)})" if value.no_double else ""
    letter = r"(?!\d*\Z)" if value.needs_letter else ""
    body = value.shape or f"[{_characters(value.allow)}]{{{value.least},{value.most}}}"
    ends = "".join(f"(?<!{re.escape(end)})" for end in value.not_end)
    return f"{start}{not_start}{no_double}{letter}(?:{body}){ends}"


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@cache
def _characters(allow: tuple[str, ...]) -> str:
    return "".join(_SETS.get(part) or re.escape(part) for part in allow)


def _is_word(text: str, allow: tuple[str, ...]) -> bool:
    """Say whether every character past ASCII is a letter, mark or number, or is listed itself."""
    return all(
        character.isascii()
        or character in allow
        or unicodedata.category(character).startswith(_WORD_CATEGORIES)
        for character in text
    )


def _in_words(allow: tuple[str, ...]) -> str:
    words = {
        "letters": _("letters a–z"),
        "any letters": _("letters of any script"),
        "digits": _("digits"),
    }
    return ", ".join(words.get(part) or f"“{part}”" for part in allow)


def _named(character: str) -> str:
    if character.isspace():
        return _("a space")
    if character.isascii() and character.isprintable():
        return f"“{character}”"
    if not character.isprintable():
        return unicodedata.name(character, f"U+{ord(character):04X}")
    return f"“{character}” ({unicodedata.name(character, f'U+{ord(character):04X}')})"


def _plain(text: str) -> bool:
    return text.isascii() and text.replace("_", "").replace(".", "").isalnum()


def _quoted(text: str) -> str:
    from urllib.parse import quote

    return quote(text, safe="@:/+!$&'()*,;=-._~")
