"""What can follow in the search of accounts: field words, then the values of the field."""

from collections.abc import Sequence

from inventory.language import _
from inventory.record import Account, fields_of
from inventory.search import FIELD_WORDS, FLAGS
from inventory.vocabulary import (
    AccountClass,
    Badge,
    Choice,
    LegalOwner,
    Lifecycle,
    OfficialStatus,
    OrganisationKind,
)
from tui.account_columns import SEVERITIES

_CHOICES: dict[str, type[Choice]] = {
    "status": OfficialStatus,
    "badge": Badge,
    "class": AccountClass,
    "state": Lifecycle,
    "owner": LegalOwner,
    "kind": OrganisationKind,
}


def completions(text: str) -> list[str]:
    """Return what the last word of `text` can become, the whole words; none for free text."""
    word = text.rpartition(" ")[2]
    sign = "!" if word.startswith("!") else ""
    name, colon, value = word.removeprefix("!").partition(":")
    if not colon:
        return [f"{sign}{known}:" for known in FIELD_WORDS if name and known.startswith(name)]
    kept, comma, last = value.rpartition(",")
    before = f"{sign}{name}:{kept}{comma}"
    return [f"{before}{known}" for known in _values(name.lower()) if known.startswith(last.lower())]


def completed(text: str) -> str:
    """Return `text` with its last word carried on as far as all its completions agree."""
    found = completions(text)
    if not found:
        return text
    start = text.rpartition(" ")[0]
    shared = found[0] if len(found) == 1 else _shared_beginning(found)
    end = " " if len(found) == 1 and not shared.endswith(":") else ""
    return f"{start} {shared}{end}" if start else f"{shared}{end}"


def _values(name: str) -> Sequence[str]:
    if name in _CHOICES:
        return [choice.value for choice in _CHOICES[name]]
    if name == "flag":
        return [*FLAGS, *(f"{flag}={state}" for flag in FLAGS for state in ("no", "not_assessed"))]
    if name == "platform":
        from inventory.platforms import platforms

        return list(platforms())
    if name in ("missing", "has"):
        return [field.name for field in fields_of(Account)]
    return list(SEVERITIES) if name == "worst" else []


def _shared_beginning(words: Sequence[str]) -> str:
    first, last = min(words), max(words)
    same = next((at for at, char in enumerate(first) if last[at : at + 1] != char), len(first))
    return first[:same]


def explanation() -> str:
    """Say in a line what a search can hold."""
    return _("words, or {examples} — Tab completes, ! turns around").format(
        examples="platform:x status:unofficial flag:individual ministry:…"
    )
