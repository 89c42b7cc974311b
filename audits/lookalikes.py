"""Handles that could be taken for one another.

Two handles look alike when their skeletons are the same (look-alike letters folded, separators and
words such as "official" dropped), or a slip or two apart. Numbers tell a series apart: jpn1 and
jpn2 are not taken for one another; jpn and jpn1 are, unless jpn numbers a whole series.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

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


_Worn = tuple[Handle, str, str]
"""A handle with the number it bears and the pattern it has."""


@dataclass(frozen=True, slots=True)
class _Bearers:
    """The accounts that bear one name, by their numbers ("" for none)."""

    worn: Sequence[_Worn]
    by_number: Mapping[str, _Families]
    numbered: _Families

    @classmethod
    def of(cls, worn: Sequence[_Worn]) -> "_Bearers":
        """Sort the bearers of one name."""
        by_number: dict[str, _Families] = {}
        numbered: _Families = {}
        for handle, number, _pattern in worn:
            families = by_number.setdefault(number, {})
            families.setdefault(handle.family, []).append(handle.account_id)
            if number:
                numbered.setdefault(handle.family, []).append(handle.account_id)
        return cls(worn, by_number, numbered)

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
    def all_told_apart(self) -> bool:
        """Say whether numbers tell every bearer from every other."""
        told = self.series or "" not in self.by_number
        return told and len(self.by_number) == len(self.worn)


def lookalikes(
    handles: Iterable[Handle], related: Collection[tuple[int, int]] = ()
) -> dict[int, list[int]]:
    """Return, for each account with look-alikes outside its family, up to three of them.

    `related` holds pairs of account ids that are known to belong together, or known not to.
    """
    known = {*related, *((other, one) for one, other in related)}
    worn: dict[str, list[_Worn]] = defaultdict(list)
    compared: set[str] = set()
    alike_but_for_numbers: Counter[str] = Counter()
    for handle in handles:
        letters, whole, drawn, number, pattern = skeleton(handle.handle)
        alike_but_for_numbers[pattern] += 1
        if len(letters) >= SHORTEST:
            worn[letters].append((handle, number, pattern))
            compared.add(letters)
        if whole != letters:
            worn[whole].append((handle, number, pattern))
            compared.add(whole)
        if drawn:
            worn[drawn].append((handle, "", pattern))
    series = {pattern for pattern, count in alike_but_for_numbers.items() if count > _SERIES}
    near = near_names({name: _pattern(worn[name], series) for name in compared})
    wanted = {name for name, bearers in worn.items() if len(bearers) > 1 or name in near}
    return _resembled({name: _Bearers.of(worn[name]) for name in wanted}, near, known)


def _pattern(worn: Sequence[_Worn], series: Collection[str]) -> str | None:
    """Return the pattern to compare by, None for several; a series and its bare form have one."""
    pattern = worn[0][2]
    if any(other != pattern for _handle, _number, other in worn):
        return None
    return pattern.replace(ANY_NUMBER, "") if pattern in series else pattern


def _resembled(
    borne: Mapping[str, _Bearers],
    near: Mapping[str, list[str]],
    known: Collection[tuple[int, int]],
) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for name in sorted(borne):
        itself = borne[name]
        bearers = [itself, *(borne[other] for other in near.get(name, ()))]
        if len(bearers) == 1 and itself.all_told_apart:
            continue
        for handle, number, _pattern in itself.worn:
            named = found[handle.account_id]
            for others in bearers:
                for families in others.resembling(number, in_series=itself.series):
                    _add_strangers(named, handle, families, known)
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
