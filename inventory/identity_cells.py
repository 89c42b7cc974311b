"""Several addresses in one cell, taken apart without touching how each was written."""

import re
from itertools import pairwise

# Where an address or name surely begins: a scheme, `www.`, or an `@name` after a gap.
_START = re.compile(
    r"(?:(?<=[\s,;|(])|^)(?:[a-z]{2,10}://|www\.|@[\w.]|(?:[\w-]{1,63}\.){1,4}[a-z]{2,24}/)",
    re.IGNORECASE,
)
_HARD = re.compile(r"[\r\n\t|]+|;(?=\s|https?:|www\.|@)|\s;|\s/\s")
_SEPARATORS = " \t\r\n\u00a0,;|&/"
_JOINING_WORDS = (" dan", " and", " y", " et")
_TOKEN = re.compile(r"@?[\w.-]+")


def split_addresses(cell: str) -> tuple[str, ...]:
    """Return the addresses or names of a cell, each as written; one name with spaces stays one."""
    pieces: list[str] = []
    for part in _HARD.split(cell):
        pieces.extend(_split_line(part))
    return tuple(pieces)


def _split_line(line: str) -> list[str]:
    """Cut a line before every further address; words between two belong to the one they precede."""
    starts = [found.start() for found in _START.finditer(line)]
    if len(starts) < 2:
        return _split_names(line) if not starts else _kept([line])
    cuts = [0]
    for before, start in pairwise(starts):
        gap = line[before:start]
        label = re.search(r"[\s,;|]([\w .+/()-]{1,30}\s?[:=-]\s?)\Z", gap)
        cuts.append(before + label.start(1) if label else start)
    ends = [*cuts[1:], len(line)]
    return _kept([line[start:end] for start, end in zip(cuts, ends, strict=True)])


def _split_names(line: str) -> list[str]:
    """Split bare names at commas, but never a sentence or a title that holds one."""
    names = [name.strip() for name in re.split(r"[,;]", line)]
    if len(names) > 1 and all(_TOKEN.fullmatch(name) for name in names if name):
        return _kept(names)
    return _kept([line])


def _kept(pieces: list[str]) -> list[str]:
    trimmed = (_without_joint(piece) for piece in pieces)
    return [piece for piece in trimmed if any(character.isalnum() for character in piece)]


def _without_joint(piece: str) -> str:
    """Return the piece without the separator, sign or word that led to the next one."""
    kept = piece.strip(" \u00a0")
    bare = kept.rstrip(_SEPARATORS)
    if bare.lower().endswith(_JOINING_WORDS) and ("/" in bare or "@" in bare):
        return bare.rpartition(" ")[0].rstrip(_SEPARATORS)
    # A slash that ends an address belongs to it; one after a gap joined it to the next.
    slash = kept[len(bare) : len(bare) + 1] == "/"
    return f"{bare}/" if slash else bare
