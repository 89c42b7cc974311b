"""The links of one cell, each with the platform it is said to be on.

A cell may hold several, with labels ("FB: contoh, IG: contoh.ig"), joined by signs, or led by an
icon. What is not surely several stays one: "Research & Development" is a name.
"""

import re
import unicodedata
from collections.abc import Iterator

from inventory.importing.values import is_nothing, split_cell
from inventory.platforms import platform_named

Found = tuple[str, str]
"""A link as it was written, and the name of the platform it is said to be on ("" for none)."""

_ONE_ADDRESS = re.compile(r"https?://[^\s,;|]+[^\s,;|&]")
_LABEL = re.compile(r"([^\W\d_][^\W\d_ ]*(?: [^\W\d_]+){0,2}?)\s*(?::(?!//)|=|\s[-–—](?=\s))\s*")
_PAIR = re.compile(r"([^\s@:/]+(?: [^\s@:/]+)??) +(@?[\w.-]+)")
_JOINT = re.compile(r"\s*(?:&|\+|\s(?:dan|and|y|et)\s)\s*", re.IGNORECASE)
_PARTS = re.compile(r"[,;|\r\n]+|\s/\s")
_AND = re.compile(r"[,;/&+|\n]|\s(?:dan|and|y)\s", re.IGNORECASE)
_ADDRESS = re.compile(r"://|\w\.\w+/")
_PREFIX = re.compile(r"([^\W\d_]{1,10})/(@?[\w.-]+)")
_NAME = re.compile(r"@?[\w.-]+")
_AROUND = " \t\r\n\u00a0,;|&/"
_ALIKE = 4
_BULLETS = "•·▪‣►●*-–"


def links_in(cell: str, hint: str) -> Iterator[Found]:
    """Yield the links of a cell; `hint` is the platform that its column or row names."""
    if _ONE_ADDRESS.fullmatch(cell):
        yield cell, hint
        return
    if is_nothing(cell):
        return
    found = _labelled(cell) or ([] if hint else _paired(cell)) or _prefixed(cell)
    hints = _platforms_in(hint)
    if len(hints) > 1 and _ADDRESS.search(cell):
        hints = ("",)  # an address says itself which of them it is on
    for label, text in found or [(said, cell) for said in hints]:
        for piece in split_cell(text):
            plain = _without_icon(piece)
            for name in _joined(plain) if plain else (piece,):
                if not is_nothing(name):
                    yield name, label


def _labelled(cell: str) -> list[Found]:
    """Return platforms and what stands behind each; [] unless the cell begins with a platform."""
    labels = [label for label in _LABEL.finditer(cell) if platform_named(label[1])]
    if not labels or any(char.isalnum() for char in cell[: labels[0].start()]):
        return []
    ends = [label.start() for label in labels[1:]] + [len(cell)]
    pairs = [
        (label[1], _without_joint(cell[label.end() : end]))
        for label, end in zip(labels, ends, strict=True)
    ]
    return [(label, text) for label, text in pairs if text]


def _prefixed(cell: str) -> list[Found]:
    """Return the platform and name of "FB/contoh"; a path of an address is no such thing."""
    match = _PREFIX.fullmatch(cell.strip())
    return [(match[1], match[2])] if match and platform_named(match[1]) else []


def _platforms_in(hint: str) -> tuple[str, ...]:
    """Return the platforms that a cell names at once ("Facebook / Instagram"), else itself."""
    if not hint or platform_named(hint):
        return (hint,)
    parts = tuple(filter(None, (part.strip() for part in _AND.split(hint))))
    return parts if len(parts) > 1 and all(map(platform_named, parts)) else (hint,)


def _without_joint(text: str) -> str:
    """Return a text without the sign or word that led to the next label; an address keeps `/`."""
    kept = text.strip(" \t\r\n\u00a0,;|&")
    if kept.endswith(" /"):
        kept = kept[:-1].rstrip(_AROUND)
    return re.sub(r"\s(?:dan|and|y)$", "", kept)


def _paired(cell: str) -> list[Found]:
    """Return the platforms and names of "FB contoh / IG contoh.ig", [] for anything else."""
    parts = [part.strip(_AROUND) for part in _PARTS.split(cell) if part.strip(_AROUND)]
    pairs = [(match[1], match[2]) for part in parts if (match := _PAIR.fullmatch(part))]
    if not pairs or len(pairs) < len(parts):
        return []
    return pairs if all(platform_named(label) for label, _name in pairs) else []


def _joined(text: str) -> tuple[str, ...]:
    """Split bare names at "&" where all are marked with "@", or begin alike."""
    names = [name.strip() for name in _JOINT.split(text)]
    if len(names) < 2 or not all(map(_NAME.fullmatch, names)):
        return (text,)
    bare = [name.lstrip("@").casefold() for name in names]
    alike = min(map(len, bare)) >= _ALIKE and len({name[:_ALIKE] for name in bare}) == 1
    marked = all(name.startswith("@") for name in names)
    return tuple(names) if alike or marked else (text,)


def _without_icon(text: str) -> str:
    """Return a link without the icons and bullets before and after it."""
    if text[0].isalnum() and text[-1].isascii():
        return text
    start, end = 0, len(text)
    while start < end and _is_icon(text[start]):
        start += 1
    while end > start and _is_icon(text[end - 1]) and not text[end - 1].isascii():
        end -= 1
    return text[start:end].strip()


def _is_icon(char: str) -> bool:
    return (
        char.isspace() or char in _BULLETS or unicodedata.category(char) in ("So", "Sk", "Mn", "Cf")
    )
