"""Handles that could be taken for one another, found without comparing every pair.

Two handles look alike when nothing is left between them once look-alike letters are folded and
separators and words such as "official" dropped; or one slip (a letter more, less, other, or two
swapped) between handles of six letters and more; or two slips between handles of ten and more that
begin with the same three letters, where the eye starts. Numbers at the end tell a series apart:
jpn1 and jpn2 are not taken for one another, jpn and jpn1 are.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

# Figures, and letters of other scripts, that are drawn like Latin ones; i and l are one stroke.
_FOLDED = str.maketrans(
    "0158|!$авсеікмнорԛѕтухјԁαβεικνορτυχɡıłø",
    "olsbllsabcelkmhopqstyxjdabelknoptuxgllo",
)
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("i", "l"))
_SEPARATORS = re.compile(r"[\s._\-·•]+")
_NUMBER = re.compile(r"[0-9]+$")
# Two letters are an affix only where they stand apart: an army is no "ar" of Malaysia.
_APART = re.compile(r"^my[\s._-]+|[\s._-]+(?:my|tv|hq)$")
_PREFIXES = ("the", "real")
_SUFFIXES = ("official", "rasmi", "malaysia", "page", "news")
_SHORT, _LONG, _VERY_LONG, _HEAD = 3, 6, 10, 3
_NAMED_AT_MOST = 3
_CROWD = 200  # a form that more names than this can take is a naming pattern, no imitation


class Skeleton(NamedTuple):
    """A handle as the eye keeps it: its bare letters, all of them, and the number at its end."""

    letters: str
    whole: str
    number: str


@dataclass(frozen=True, slots=True)
class Handle:
    """One account as far as look-alikes ask; accounts of one `family` may resemble each other."""

    account_id: int
    handle: str
    family: int


def lookalikes(
    handles: Iterable[Handle], related: Collection[tuple[int, int]] = ()
) -> dict[int, list[int]]:
    """Return, for each account with look-alikes outside its family, up to three of them.

    `related` holds pairs of account ids that are known to belong together, or known not to.
    """
    by_name: dict[str, list[tuple[Handle, str]]] = defaultdict(list)
    for handle in handles:
        letters, whole, number = skeleton(handle.handle)
        for name in {letters, whole}:
            if len(name) >= _SHORT:
                by_name[name].append((handle, number))
    known = {*related, *((other, one) for one, other in related)}
    near = _near_ones(by_name)
    found: dict[int, list[int]] = {}
    for name, group in by_name.items():
        groups = (group, *(by_name[other] for other in near.get(name, ())))
        if len(groups) == 1 and len(group) == 1:
            continue
        for handle, number in group:
            named = found.get(handle.account_id, [])
            _add_strangers(named, handle, number, groups, known)
            if named:
                found[handle.account_id] = named
    return found


def skeleton(handle: str) -> Skeleton:
    """Return what is left of a handle when everything the eye passes over is gone."""
    text = unicodedata.normalize("NFKC", handle).casefold().strip()
    whole, number = _letters_and_number(text)
    letters, _number = _letters_and_number(_APART.sub("", text))
    return Skeleton(_bare(letters), whole, number)


def _letters_and_number(text: str) -> tuple[str, str]:
    text = _SEPARATORS.sub("", text)
    number = _NUMBER.search(text)
    return _folded(text[: number.start()] if number else text), number[0] if number else ""


def slips_between(one: str, other: str, limit: int) -> int:
    """Return how many letters were added, lost, changed or swapped with a neighbour.

    This is the optimal string alignment distance; anything over `limit` is given as `limit` + 1.
    """
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    one, other = _without_common_ends(one, other)
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for column, second in enumerate(other, 1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != second))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == second:
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        if min(now) > limit:
            return limit + 1
        before, last = last, now
    return min(last[-1], limit + 1)


def _without_common_ends(one: str, other: str) -> tuple[str, str]:
    shorter = min(len(one), len(other))
    start = 0
    while start < shorter and one[start] == other[start]:
        start += 1
    end = 0
    while end < shorter - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return one[start : len(one) - end], other[start : len(other) - end]


def _add_strangers(
    named: list[int],
    handle: Handle,
    number: str,
    groups: Iterable[list[tuple[Handle, str]]],
    known: Collection[tuple[int, int]],
) -> None:
    for group in groups:
        for other, other_number in group:
            if len(named) == _NAMED_AT_MOST:
                return
            if (
                other.family != handle.family
                and (number == other_number or not number or not other_number)
                and other.account_id not in named
                and (handle.account_id, other.account_id) not in known
            ):
                named.append(other.account_id)


def _near_ones(names: Collection[str]) -> Mapping[str, list[str]]:
    near: dict[str, list[str]] = defaultdict(list)
    for one, other in {*_pairs(names, 1, _LONG, 0), *_pairs(names, 2, _VERY_LONG, _HEAD)}:
        near[one].append(other)
        near[other].append(one)
    for found in near.values():
        found.sort()
    return near


def _pairs(names: Iterable[str], slips: int, shortest: int, head: int) -> Iterator[tuple[str, str]]:
    """Yield the pairs within `slips` of each other that share their first `head` letters.

    Two such names lose at most `slips` letters each to become the same: so each is filed under
    everything it can become, and only names filed together are compared.
    """
    by_head: dict[str, list[str]] = defaultdict(list)
    for name in names:
        if len(name) >= shortest:
            by_head[name[:head]].append(name)
    for group in by_head.values():
        if len(group) == 1:
            continue
        compared: set[tuple[str, str]] = set()
        for together in _filed(group, slips, head):
            compared.update(combinations(sorted(together), 2))
        for one, other in compared:
            if slips_between(one, other, slips) <= slips:
                yield one, other


def _filed(names: Iterable[str], slips: int, head: int) -> Iterator[list[str]]:
    """Yield the groups of names that can become the same, but for those that whole crowds can."""
    first: dict[str, str] = {}
    more: dict[str, list[str]] = {}
    for name in names:
        for rest in _shortened(name[head:], slips):
            other = first.setdefault(rest, name)
            if other is not name:
                more.setdefault(rest, [other]).append(name)
    return (together for together in more.values() if len(together) <= _CROWD)


def _shortened(name: str, letters: int) -> set[str]:
    found = {name}
    places = range(len(name))
    if letters >= 1:
        found.update([name[:i] + name[i + 1 :] for i in places])
    if letters >= 2:
        found.update(
            [name[:i] + name[i + 1 : j] + name[j + 1 :] for i, j in combinations(places, 2)]
        )
    return found


def _folded(text: str) -> str:
    text = text.translate(_FOLDED)
    for pair, drawn_like in _PAIRS:
        text = text.replace(pair, drawn_like)
    return text


def _bare(letters: str) -> str:
    while True:
        shorter = letters
        for affix in _DRAWN_PREFIXES:
            shorter = shorter.removeprefix(affix)
        for affix in _DRAWN_SUFFIXES:
            shorter = shorter.removesuffix(affix)
        if shorter == letters or len(shorter) < _SHORT:
            return letters
        letters = shorter


_DRAWN_PREFIXES = tuple(_folded(word) for word in _PREFIXES)
_DRAWN_SUFFIXES = tuple(_folded(word) for word in _SUFFIXES)
