"""Handles that could be taken for one another.

Two handles look alike when their skeletons are the same (look-alike letters folded, separators and
words such as "official" dropped), or a slip or two apart. Numbers tell a series apart: jpn1 and
jpn2 are not taken for one another; jpn and jpn1 are, unless jpn numbers a whole series.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from audits.near_names import near_names
from audits.skeletons import ANY_NUMBER, SHORTEST, skeleton

_NAMED_AT_MOST = 3
_SERIES = 10  # a name that bears more numbers than this numbers a series, itself one of it

_Families = dict[int, list[int]]
"""The account ids of each family."""


@dataclass(frozen=True, slots=True)
class Handle:
    """One account as far as look-alikes ask; accounts of one `family` may resemble each other."""

    account_id: int
    handle: str
    family: int


@dataclass(slots=True)
class _Bearers:
    """The accounts that bear one name, by their numbers; `pattern` is None if they have several."""

    pattern: str | None
    by_number: dict[str, _Families] = field(default_factory=dict)
    numbered: _Families = field(default_factory=dict)

    def add(self, handle: Handle, number: str, pattern: str) -> None:
        """Note one account more."""
        if pattern != self.pattern:
            self.pattern = None
        same = self.by_number.setdefault(number, {})
        same.setdefault(handle.family, []).append(handle.account_id)
        if number:
            self.numbered.setdefault(handle.family, []).append(handle.account_id)

    def resembling(self, number: str, *, in_series: bool) -> Iterator[_Families]:
        """Yield those that a handle with this number ("" for none) could be taken for."""
        if number in self.by_number:
            yield self.by_number[number]
        if not (in_series or self.series):
            if not number:
                yield self.numbered
            elif "" in self.by_number:
                yield self.by_number[""]

    @property
    def series(self) -> bool:
        """Say whether the name numbers a series."""
        return len(self.by_number) > _SERIES

    @property
    def alone(self) -> bool:
        """Say whether one account only bears the name."""
        return len(self.by_number) == 1 and all(
            len(families) == 1 and len(next(iter(families.values()))) == 1
            for families in self.by_number.values()
        )


def lookalikes(
    handles: Iterable[Handle], related: Collection[tuple[int, int]] = ()
) -> dict[int, list[int]]:
    """Return, for each account with look-alikes outside its family, up to three of them.

    `related` holds pairs of account ids that are known to belong together, or known not to.
    """
    known = {*related, *((other, one) for one, other in related)}
    borne: dict[str, _Bearers] = {}
    worn: list[tuple[Handle, str, str]] = []
    compared: set[str] = set()
    alike_but_for_numbers: Counter[str] = Counter()
    for handle in handles:
        letters, whole, drawn, number, pattern = skeleton(handle.handle)
        alike_but_for_numbers[pattern] += 1
        for name in {letters, whole, drawn}:
            if len(name) < SHORTEST:
                continue
            worn_number = number if name in (letters, whole) else ""
            bearers = borne.setdefault(name, _Bearers(pattern))
            bearers.add(handle, worn_number, pattern)
            worn.append((handle, name, worn_number))
            if name != drawn:
                compared.add(name)
    series = {pattern for pattern, count in alike_but_for_numbers.items() if count > _SERIES}
    near = near_names({name: _pattern(borne[name].pattern, series) for name in compared})
    return _resembled(worn, borne, near, known)


def _pattern(pattern: str | None, series: Collection[str]) -> str | None:
    """Return the pattern to compare by: a series and its bare form are of one."""
    return pattern.replace(ANY_NUMBER, "") if pattern and pattern in series else pattern


def _resembled(
    worn: Iterable[tuple[Handle, str, str]],
    borne: Mapping[str, _Bearers],
    near: Mapping[str, list[str]],
    known: Collection[tuple[int, int]],
) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for handle, name, number in worn:
        others = near.get(name, ())
        itself = borne[name]
        if not others and itself.alone:
            continue
        for other in (name, *others):
            for families in borne[other].resembling(number, in_series=itself.series):
                _add_strangers(found[handle.account_id], handle, families, known)
    return {account_id: named for account_id, named in found.items() if named}


def _add_strangers(
    named: list[int], handle: Handle, families: _Families, known: Collection[tuple[int, int]]
) -> None:
    """Name accounts until three are: every look is at one to name, one named, or one related."""
    for family, accounts in families.items():
        if family == handle.family:
            continue
        for account_id in accounts:
            if len(named) == _NAMED_AT_MOST:
                return
            if account_id not in named and (handle.account_id, account_id) not in known:
                named.append(account_id)
