"""The seminar's table: official accounts by platform, counted four ways that are never merged.

The figures that were read out in 2024 merge "official" with "badged", give ministries no unofficial
figure and do not say whether they count agencies or accounts. So each column here has its own
definition, printed beside it, and the figures of 2024 stand apart as a dated baseline.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from audits.figures import BADGE_SHOWN, Count
from audits.words import Words
from inventory.language import N_, _
from inventory.vocabulary import AccountClass, OfficialStatus, OrganisationKind

PLATFORMS = ("facebook", "instagram", "tiktok")


class Definition(StrEnum):
    """What the columns of the table count."""

    MINISTRIES_OFFICIAL = "ministries_official"
    MINISTRIES_OFFICIAL_AND_BADGED = "ministries_official_and_badged"
    AGENCIES_OFFICIAL = "agencies_official"
    AGENCIES_UNOFFICIAL_ONLY = "agencies_unofficial_only"
    AGENCIES_UNKNOWN = "agencies_unknown"
    AGENCIES_NONE = "agencies_none"
    ACCOUNTS_OFFICIAL = "accounts_official"
    ACCOUNTS_UNOFFICIAL = "accounts_unofficial"
    ACCOUNTS_OF_OTHERS = "accounts_of_others"
    ACCOUNTS_UNKNOWN = "accounts_unknown"

    @property
    def letter(self) -> str:
        """The letter of the definition: (a) to (d)."""
        if self is Definition.MINISTRIES_OFFICIAL:
            return "a"
        if self is Definition.MINISTRIES_OFFICIAL_AND_BADGED:
            return "b"
        return "c" if self.value.startswith("agencies") else "d"

    @property
    def label(self) -> str:
        """The definition for people, in the language spoken here."""
        return _(_LABELS[self.value])


_LABELS = {
    "ministries_official": N_("ministries with at least one official account"),
    "ministries_official_and_badged": N_(
        "ministries with at least one account that is official and shows a badge"
    ),
    "agencies_official": N_("agencies with at least one official account"),
    "agencies_unofficial_only": N_("agencies with unofficial accounts and no official one"),
    "agencies_unknown": N_("agencies whose accounts all have an unknown official status"),
    "agencies_none": N_("agencies without any account"),
    "accounts_official": N_("agencies' accounts that are official"),
    "accounts_unofficial": N_("agencies' accounts that are unofficial or disputed"),
    "accounts_of_others": N_("accounts of third parties and impostors under agencies' names"),
    "accounts_unknown": N_("agencies' accounts whose official status is not known"),
}


@dataclass(frozen=True, slots=True)
class Baseline:
    """What was read out in 2024 for one platform, of 27 ministries."""

    ministries: int
    agencies_official: int
    agencies_unofficial: int


BASELINE: Mapping[str, Baseline] = {
    "facebook": Baseline(22, 48, 85),
    "instagram": Baseline(14, 36, 76),
    "tiktok": Baseline(0, 3, 64),
}
BASELINE_MINISTRIES = 27
BASELINE_SOURCE = Words(
    "Social Media Seminar for Ministries and Government Agencies 2024, as reported",
    "Seminar Media Sosial Kementerian dan Agensi Kerajaan 2024, seperti dilaporkan",
)


@dataclass(frozen=True, slots=True)
class SeminarLine:
    """One platform: our counts by definition, of how many, and the baseline if there is one.

    `organisations` gives the ids behind a count of ministries or agencies.
    """

    platform: str
    ministries: int
    agencies: int
    counts: Mapping[Definition, Count]
    organisations: Mapping[Definition, tuple[int, ...]]
    baseline: Baseline | None


def seminar_table(
    connection: sqlite3.Connection, platforms: tuple[str, ...] = PLATFORMS
) -> list[SeminarLine]:
    """Return the table, one line for each platform.

    Agencies are all active organisations that are not ministries. Retired accounts do not count.
    """
    kinds = {
        organisation: kind == OrganisationKind.MINISTRY
        for organisation, kind in connection.execute(
            "SELECT id, kind FROM organisations WHERE status = 'active'"
        )
    }
    held: dict[str, list[tuple[int, str, str, str]]] = defaultdict(list)
    for platform, *account in connection.execute(
        "SELECT platform, organisation_id, official_status, badge, account_class FROM accounts"
        " WHERE lifecycle <> 'retired'"
    ):
        held[platform].append((account[0], account[1], account[2], account[3]))
    return [_line(platform, kinds, held[platform]) for platform in platforms]


def _line(
    platform: str, kinds: Mapping[int, bool], held: list[tuple[int, str, str, str]]
) -> SeminarLine:
    ministries = {organisation for organisation, is_ministry in kinds.items() if is_ministry}
    agencies = kinds.keys() - ministries
    official: set[int] = set()
    badged: set[int] = set()
    unofficial: set[int] = set()
    present: set[int] = set()
    accounts = dict.fromkeys(Definition, 0)
    for organisation, status, badge, account_class in held:
        present.add(organisation)
        if status == OfficialStatus.OFFICIAL:
            official.add(organisation)
            if badge in BADGE_SHOWN:
                badged.add(organisation)
        elif status != OfficialStatus.UNKNOWN or account_class in _OTHERS:
            unofficial.add(organisation)
        if organisation in agencies:
            accounts[_kind_of_account(status, account_class)] += 1
    groups = {
        Definition.MINISTRIES_OFFICIAL: official & ministries,
        Definition.MINISTRIES_OFFICIAL_AND_BADGED: badged & ministries,
        Definition.AGENCIES_OFFICIAL: official & agencies,
        Definition.AGENCIES_UNOFFICIAL_ONLY: (unofficial - official) & agencies,
        Definition.AGENCIES_UNKNOWN: (present - official - unofficial) & agencies,
        Definition.AGENCIES_NONE: agencies - present,
    }
    counts = {**accounts, **{name: len(found) for name, found in groups.items()}}
    return SeminarLine(
        platform,
        len(ministries),
        len(agencies),
        {name: Count(number, _search(name, platform)) for name, number in counts.items()},
        {name: tuple(sorted(found)) for name, found in groups.items()},
        BASELINE.get(platform),
    )


_OTHERS = (AccountClass.THIRD_PARTY, AccountClass.IMPOSTOR)


def _kind_of_account(status: str, account_class: str) -> Definition:
    if account_class in _OTHERS:
        return Definition.ACCOUNTS_OF_OTHERS
    if status == OfficialStatus.OFFICIAL:
        return Definition.ACCOUNTS_OFFICIAL
    if status == OfficialStatus.UNKNOWN:
        return Definition.ACCOUNTS_UNKNOWN
    return Definition.ACCOUNTS_UNOFFICIAL


def _search(name: Definition, platform: str) -> str:
    """Return the search that lists the accounts behind a count, as nearly as words can."""
    scope = f"platform:{platform} !state:retired"
    if name.letter in "ab":
        badge = f" badge:{','.join(BADGE_SHOWN)}" if name.letter == "b" else ""
        return f"{scope} kind:ministry status:official{badge}"
    scope = f"{scope} !kind:ministry"
    others = f"class:{','.join(_OTHERS)}"
    return {
        Definition.AGENCIES_OFFICIAL: f"{scope} status:official",
        Definition.AGENCIES_UNOFFICIAL_ONLY: f"{scope} !status:official,unknown",
        Definition.AGENCIES_UNKNOWN: f"{scope} status:unknown",
        Definition.AGENCIES_NONE: "",
        Definition.ACCOUNTS_OFFICIAL: f"{scope} status:official !{others}",
        Definition.ACCOUNTS_UNOFFICIAL: f"{scope} status:unofficial,disputed !{others}",
        Definition.ACCOUNTS_OF_OTHERS: f"{scope} {others}",
        Definition.ACCOUNTS_UNKNOWN: f"{scope} status:unknown !{others}",
    }[name]
