"""Names that are a slip or two apart, found without comparing every pair.

One slip is looked for between names of six letters and more: each is filed under all it can become
by losing a letter, and only names filed together are compared. Two slips are looked for between
names of ten and more that begin alike, where the eye starts: with the same three letters or, where
a crowd does, with as many as it takes to part the crowd. No name is compared with more than a
fixed number of others for each of its letters, whatever the names.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

_LONG, _VERY_LONG, _HEAD = 6, 10, 3
LONGEST = 60
"""Longer names than any platform's are not compared."""
FILED_FIRST = 4
"""In a crowd filed together, each is compared with this many: the first ones, so the shortest."""
CROWD = 60
"""As many names with one beginning are compared with one another for two slips."""
_NEAR_AT_MOST = 12
_LETTERS = {chr(code): 1 << (code - ord("a")) for code in range(ord("a"), ord("z") + 1)}


def near_names(names: Mapping[str, str | None]) -> dict[str, list[str]]:
    """Return, for each name with near ones, up to twelve of them.

    A name's value is the pattern of its handles, None where they have several: names of one
    pattern differ in numbers only, and are not near.
    """
    near: dict[str, list[str]] = defaultdict(list)
    for one, other, slips in candidates(names):
        if (
            len(near[one]) < _NEAR_AT_MOST
            and len(near[other]) < _NEAR_AT_MOST
            and (names[one] is None or names[one] != names[other])
            and other not in near[one]
            and slips_between(one, other, slips) <= slips
        ):
            near[one].append(other)
            near[other].append(one)
    return {name: sorted(found) for name, found in near.items() if found}


def candidates(names: Iterable[str]) -> Iterator[tuple[str, str, int]]:
    """Yield the pairs that are worth comparing, and how many slips may lie between the two."""
    by_length: dict[int, list[str]] = defaultdict(list)
    for name in sorted(names):
        if _LONG <= len(name) <= LONGEST:
            by_length[len(name)].append(name)
    for length in sorted({*by_length, *(length - 1 for length in by_length)}):
        yield from _one_apart(by_length.get(length, ()), by_length.get(length + 1, ()))
    for length, group in by_length.items():
        if length < _VERY_LONG:
            group.clear()
    yield from _two_apart([name for group in by_length.values() for name in group], _HEAD)


def _one_apart(names: Collection[str], longer: Collection[str]) -> Iterator[tuple[str, str, int]]:
    """Yield pairs that can become the same form: one name itself, or either without a letter.

    Forms have the length of `names`; those of the names one shorter are looked at in their turn,
    so two names of one length meet where `longer` holds both.
    """
    alone: dict[str, str] = dict.fromkeys(names, "")
    filed: dict[str, list[str]] = {}
    for name in longer:
        last = ""
        for place, letter in enumerate(name):
            if letter == last:
                continue  # which of two same letters goes makes no difference
            last = letter
            form = name[:place] + name[place + 1 :]
            other = alone.get(form)
            if other is None:
                alone[form] = name
                continue
            together = filed.get(form)
            if together is None:
                together = filed[form] = [form if other == "" else other]
            for met in together:
                yield met, name, 1
            if len(together) < FILED_FIRST:
                together.append(name)


def _two_apart(names: Collection[str], head: int) -> Iterator[tuple[str, str, int]]:
    by_head: dict[str, list[str]] = defaultdict(list)
    for name in names:
        by_head[name[:head]].append(name)
    for beginning, group in by_head.items():
        if len(group) > CROWD and len(beginning) == head:
            yield from _two_apart(group, head + 1)
        else:
            yield from _pairs_of(group[:CROWD])


def _pairs_of(group: Collection[str]) -> Iterator[tuple[str, str, int]]:
    """Yield the pairs whose letters leave room for two slips: each changes two letters at most."""
    held = [(name, len(name), letters_of(name)) for name in group]
    for place, (one, length, letters) in enumerate(held):
        for other, other_length, other_letters in held[:place]:
            if (letters ^ other_letters).bit_count() <= 4 and -3 < length - other_length < 3:
                yield other, one, 2


def letters_of(name: str) -> int:
    """Return a number with a bit for each letter that stands in a name an odd number of times."""
    letters = 0
    for letter in name:
        letters ^= _LETTERS.get(letter, 1 << 26)
    return letters


def slips_between(one: str, other: str, limit: int) -> int:
    """Return how many letters were added, lost, changed or swapped with a neighbour.

    This is the optimal string alignment distance; anything over `limit` is given as `limit` + 1.
    """
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    one, other = _without_common_ends(one, other)
    if limit == 1 and max(len(one), len(other)) > 2:
        return 2
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
