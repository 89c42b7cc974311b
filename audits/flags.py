"""The four flags management asks for, defined once over the results of rules.

yes: a rule behind the flag fails. not assessed: none fails, and one of them could not be assessed,
raised an error or is not in the policy. no: all the others, so "no" means that nothing was found,
be it that the rules passed or that they do not apply (a retired account, a badge on an account that
is not official). The seminar counts third parties and impostors as unofficial, so their class alone
raises that flag.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from audits.outcomes import is_of_others, status_at
from audits.rules import Status
from inventory.language import N_, _


class Flag(StrEnum):
    """What management wants to see at once."""

    UNOFFICIAL = "unofficial"
    UNVERIFIED = "unverified"
    UNMONITORABLE = "unmonitorable"
    INDIVIDUAL = "individual"

    @property
    def label(self) -> str:
        """The words for people, in the language spoken here."""
        return _(_LABELS[self.value])


class Raised(StrEnum):
    """Whether a flag is raised."""

    YES = "yes"
    NO = "no"
    NOT_ASSESSED = "not_assessed"

    @property
    def label(self) -> str:
        """The word for people, in the language spoken here."""
        return _(_LABELS[self.value])


_LABELS = {
    "unofficial": N_("unofficial"),
    "unverified": N_("without badge"),
    "unmonitorable": N_("cannot be monitored"),
    "individual": N_("tied to an individual"),
    "yes": N_("yes"),
    "no": N_("no"),
    "not_assessed": N_("not assessed"),
}

RULES_OF: Mapping[Flag, tuple[str, ...]] = {
    Flag.UNOFFICIAL: ("OFF001",),
    Flag.UNVERIFIED: ("VER001",),
    Flag.UNMONITORABLE: ("MON005", "MON006"),
    Flag.INDIVIDUAL: ("OWN001", "OWN003", "OWN005", "OWN006"),
}


def raised(statuses: Sequence[Status | None]) -> Raised:
    """Return a flag's value from the statuses of its rules; None is a rule nobody evaluated."""
    if Status.FAIL in statuses:
        return Raised.YES
    if any(status in (None, Status.NOT_ASSESSED, Status.ERROR) for status in statuses):
        return Raised.NOT_ASSESSED
    return Raised.NO


def flags_of(outcome: Sequence[int], positions: Mapping[str, int]) -> dict[Flag, Raised]:
    """Return the flags of one account; `positions` holds the rules that were evaluated."""
    flags = {
        flag: raised(
            [status_at(outcome, positions[code]) if code in positions else None for code in codes]
        )
        for flag, codes in RULES_OF.items()
    }
    if is_of_others(outcome):
        flags[Flag.UNOFFICIAL] = Raised.YES
    return flags
