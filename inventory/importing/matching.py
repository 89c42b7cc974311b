"""Which organisation of the inventory a file means: sure is taken, likely proposed, the rest asked.

Codes, names (also former ones and in either language), official domains and shared accounts speak
for a match. Kinds that exclude each other, and names in one language about different things, speak
against it: a state is never taken for a ministry because they share an account.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from inventory.importing.filed import Filed
from inventory.importing.known import KnownAccount, KnownOrganisations
from inventory.importing.names import Likeness, likeness, meaning, name_key, without_one_word
from inventory.language import N_
from inventory.vocabulary import OrganisationKind


class MatchOutcome(StrEnum):
    """What was decided about one organisation of a file."""

    NEW = "new"
    MATCHED = "matched"
    PROPOSED = "proposed"
    AMBIGUOUS = "ambiguous"


class Strength(IntEnum):
    """How much one sign says."""

    WEAK = 1
    LIKELY = 2
    SURE = 3


@dataclass(frozen=True, slots=True)
class Match:
    """The decision, the organisation meant (None for a new one), the candidates, and the sign."""

    outcome: MatchOutcome
    organisation_id: int | None = None
    candidates: tuple[int, ...] = ()
    how: str = ""


_FEW = 3

BY_CODE, BY_NAME = N_("code"), N_("name")
BY_DOMAIN, BY_ACCOUNTS = N_("official domain"), N_("shared accounts")
BY_SHORT_NAME, BY_MEANING = N_("short name"), N_("name in the other language")
BY_SPELLING, BY_ANSWER = N_("spelling"), N_("answer")


@dataclass(slots=True)
class _Signs:
    """What speaks for each candidate; two likely signs of different kinds make a sure one."""

    found: dict[int, dict[str, Strength]] = field(default_factory=dict)

    def add(self, row_id: int, how: str, strength: Strength) -> None:
        signs = self.found.setdefault(row_id, {})
        signs[how] = max(signs.get(how, Strength.WEAK), strength)

    def of(self, strength: Strength) -> list[int]:
        return [row_id for row_id in self.found if self.strength_of(row_id) >= strength]

    def strength_of(self, row_id: int) -> Strength:
        signs = self.found[row_id].values()
        if sum(sign >= Strength.LIKELY for sign in signs) > 1:
            return Strength.SURE
        return max(signs)

    def says(self, row_id: int, how: str) -> bool:
        return self.found[row_id].get(how, Strength.WEAK) >= Strength.LIKELY

    def best(self, row_id: int) -> str:
        signs = self.found[row_id]
        return max(signs, key=lambda how: signs[how])


def match(
    filed: Filed,
    known: KnownOrganisations,
    accounts: Mapping[str, KnownAccount],
    shared_domains: frozenset[str] = frozenset(),
) -> Match:
    """Return which organisation `filed` is.

    `accounts` are those of the inventory by key; `shared_domains` are domains that several
    organisations of the same file give and that identify none of them.
    """
    signs = _Signs()
    _by_code(signs, filed, known)
    _by_name(signs, filed, known)
    _by_domain(signs, filed, known, shared_domains)
    _by_accounts(signs, filed, known, accounts)
    if not signs.of(Strength.SURE):
        _by_short_name(signs, filed, known)
        _by_likeness(signs, filed, known)
    return _decide(signs)


def _decide(signs: _Signs) -> Match:
    sure, likely = signs.of(Strength.SURE), signs.of(Strength.LIKELY)
    for how in (BY_ACCOUNTS, BY_NAME):  # two of one name: the one that holds the accounts is meant
        said = [row_id for row_id in sure if signs.says(row_id, how)]
        sure = said if len(sure) > 1 and len(said) == 1 else sure
    if len(sure) == 1:
        return Match(MatchOutcome.MATCHED, sure[0], (), signs.best(sure[0]))
    if not sure and len(likely) == 1:
        return Match(MatchOutcome.PROPOSED, likely[0], (likely[0],), signs.best(likely[0]))
    candidates = tuple(sorted(sure or likely or signs.found))
    if not candidates:
        return Match(MatchOutcome.NEW)
    return Match(MatchOutcome.AMBIGUOUS, None, candidates, signs.best(candidates[0]))


def _by_code(signs: _Signs, filed: Filed, known: KnownOrganisations) -> None:
    for code in filed.codes:
        for row_id in known.by_code.get(code.casefold(), ()):
            doubtful = code.isdigit() or _kinds_exclude(filed, row_id, known)
            doubtful = doubtful or _likeness(filed, row_id, known) is Likeness.UNLIKE
            signs.add(row_id, BY_CODE, Strength.WEAK if doubtful else Strength.SURE)


def _by_name(signs: _Signs, filed: Filed, known: KnownOrganisations) -> None:
    for name in filed.all_names:
        for row_id in known.by_name.get(name_key(name), ()):
            exclude = _kinds_exclude(filed, row_id, known)
            signs.add(row_id, BY_NAME, Strength.WEAK if exclude else Strength.SURE)


def _by_domain(
    signs: _Signs, filed: Filed, known: KnownOrganisations, shared: frozenset[str]
) -> None:
    for domain in filed.domains - shared:
        owners = known.by_domain.get(domain, set())
        for row_id in owners:
            alike = _likeness(filed, row_id, known)
            if len(owners) > 1 or _kinds_exclude(filed, row_id, known):
                strength = Strength.WEAK
            elif alike is Likeness.SIMILAR or (alike is Likeness.UNCLEAR and _is_acronym(filed)):
                strength = Strength.LIKELY  # renamed perhaps, or a part of it on the same portal
            else:
                strength = Strength.SURE if alike >= Likeness.TRANSLATED else Strength.WEAK
            signs.add(row_id, BY_DOMAIN, strength)


def _by_accounts(
    signs: _Signs,
    filed: Filed,
    known: KnownOrganisations,
    accounts: Mapping[str, KnownAccount],
) -> None:
    shared = Counter(accounts[key].organisation_id for key in filed.account_keys if key in accounts)
    total = sum(shared.values())
    for row_id, count in shared.items():
        alike = _likeness(filed, row_id, known)
        strength = Strength.WEAK
        if _kinds_exclude(filed, row_id, known) or alike is Likeness.UNLIKE:
            pass
        elif count >= 2 and count * 3 >= total * 2:
            alone = count == total and _platforms(filed, accounts, row_id) > 1
            if alike >= Likeness.TRANSLATED:
                strength = Strength.SURE if alone else Strength.LIKELY
            elif alone and _same_known_kind(filed, row_id, known):
                strength = Strength.LIKELY
        elif count == total and alike >= Likeness.TRANSLATED:
            strength = Strength.LIKELY
        signs.add(row_id, BY_ACCOUNTS, strength)


def _by_short_name(signs: _Signs, filed: Filed, known: KnownOrganisations) -> None:
    for short in {*filed.short_names, *filed.codes, *filed.all_names}:
        by_code = known.by_code.get(short.casefold(), set())
        owners = by_code | known.by_short_name.get(name_key(short), set())
        for row_id in owners:
            alike = _likeness(filed, row_id, known)
            if short.isdigit() or alike is Likeness.UNLIKE or _kinds_exclude(filed, row_id, known):
                continue
            agree = alike >= Likeness.TRANSLATED or (_is_acronym(filed) and len(owners) == 1)
            signs.add(row_id, BY_SHORT_NAME, Strength.LIKELY if agree else Strength.WEAK)


def _by_likeness(signs: _Signs, filed: Filed, known: KnownOrganisations) -> None:
    for name in filed.all_names:
        alike = set(known.by_meaning.get(meaning(name), ()))
        for gap in without_one_word(name):
            alike |= known.by_gap.get(gap, set())
        alike |= _sharing_words(name, known)
        for row_id in alike:
            found = _likeness(filed, row_id, known)
            if _kinds_exclude(filed, row_id, known) or found < Likeness.SIMILAR:
                continue
            how = BY_SPELLING if found is Likeness.MISSPELT else BY_MEANING
            strength = Strength.LIKELY if found >= Likeness.MISSPELT else Strength.WEAK
            signs.add(row_id, how, strength)


def _sharing_words(name: str, known: KnownOrganisations) -> set[int]:
    """Return the few organisations whose names share at least three words with `name`."""
    shared = Counter(row_id for word in meaning(name) for row_id in known.by_word.get(word, ()))
    near = {row_id for row_id, count in shared.items() if count > 2}
    return near if len(near) <= _FEW else set()


def _platforms(filed: Filed, accounts: Mapping[str, KnownAccount], row_id: int) -> int:
    return len(
        {
            key.partition(":")[0]
            for key in filed.account_keys
            if key in accounts and accounts[key].organisation_id == row_id
        }
    )


def _kinds_exclude(filed: Filed, row_id: int, known: KnownOrganisations) -> bool:
    one, other = filed.kind, known.by_id[row_id].kind
    unknown = OrganisationKind.UNKNOWN
    return unknown not in (one, other) and one is not other


def _same_known_kind(filed: Filed, row_id: int, known: KnownOrganisations) -> bool:
    return filed.kind is known.by_id[row_id].kind is not OrganisationKind.UNKNOWN


def _is_acronym(filed: Filed) -> bool:
    return all(len(name.split()) == 1 for name in filed.all_names)


def _likeness(filed: Filed, row_id: int, known: KnownOrganisations) -> Likeness:
    """Return how alike the two are by the names of theirs that are most alike."""
    pairs = [(mine, theirs) for mine in filed.all_names for theirs in known.names_of[row_id]]
    return max((likeness(mine, theirs) for mine, theirs in pairs), default=Likeness.UNCLEAR)
