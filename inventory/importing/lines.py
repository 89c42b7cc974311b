"""The lines of a plan: what becomes of every link and every organisation of a file."""

from dataclasses import dataclass
from enum import StrEnum

from inventory.fields import Value
from inventory.importing.matching import MatchOutcome
from inventory.language import N_, _


class Outcome(StrEnum):
    """What becomes of one link; each link has exactly one."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    NOT_ACCOUNT = "not_account"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """Its words, in the language spoken here."""
        return _(_LABELS[self])


_LABELS = {
    Outcome.NEW: N_("new"),
    Outcome.CHANGED: N_("changed"),
    Outcome.SAME: N_("same"),
    Outcome.DUPLICATE: N_("duplicate"),
    Outcome.CONFLICT: N_("conflict"),
    Outcome.NOT_ACCOUNT: N_("not an account"),
    Outcome.REFUSED: N_("refused"),
}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after; values as the store keeps them."""

    field: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class Line:
    """One link of the file: where it stands, what becomes of it, and why.

    `key` is the account's key ("" where there is none), `account` the uid of one in the inventory,
    `organisation` the name it stands or would stand under.
    """

    row: int
    column: str
    value: str
    outcome: Outcome
    key: str = ""
    account: str | None = None
    organisation: str = ""
    changes: tuple[FieldChange, ...] = ()
    reason: str = ""
    remedy: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """An organisation of the inventory that a file's organisation may be."""

    uid: str
    name: str


@dataclass(frozen=True, slots=True)
class OrganisationLine:
    """One organisation of the file: whether it is known, how we know, and what is added to it.

    `key` is what an answer to its question is given under. `is_recorded` is False for one that
    would only be made for links that are all in conflict.
    """

    key: str
    name: str
    outcome: MatchOutcome
    organisation: str | None
    candidates: tuple[Candidate, ...]
    how: str
    changes: tuple[FieldChange, ...]
    warnings: tuple[str, ...]
    is_recorded: bool = True


@dataclass(frozen=True, slots=True)
class Question:
    """An organisation that could not be told: `answers[key]` is a candidate's uid or "new"."""

    key: str
    sentence: str
    candidates: tuple[Candidate, ...]
