"""The columns of the list of accounts: which values each needs, its words, and when it shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from inventory.fields import Value
from inventory.language import N_, _
from inventory.vocabulary import AccountClass, Badge, Choice, Lifecycle, OfficialStatus
from tui.field_words import day_text
from tui.platform_names import platform_name
from tui.table.columns import Column

FLAG_WORDS = {
    "individual": N_("individual"),
    "unofficial": N_("unofficial"),
    "unverified": N_("no badge"),
    "unmonitorable": N_("unmonitorable"),
}
"""The four flags, the gravest first, in the words of the lists."""

SEVERITIES = {
    "critical": N_("critical"),
    "high": N_("high"),
    "medium": N_("medium"),
    "low": N_("low"),
    "info": N_("information"),
}
NONE = "–"


@dataclass(frozen=True, slots=True)
class AccountColumn:
    """One column: the values of `inventory.search.AccountList` it reads and how it words them."""

    key: str
    message: str
    reads: tuple[str, ...]
    write: Callable[..., str]
    width: int
    grow: int = 0
    tones: Callable[[], Mapping[str, str]] = dict
    sort: str = ""

    @property
    def title(self) -> str:
        """The heading, in the language spoken here."""
        return _(self.message)

    def column(self) -> Column:
        """Return the column as the table draws it, worded in the language spoken here."""
        tones = self.tones()
        return Column(
            self.sort or self.key,
            self.title,
            max(self.width, len(self.title) if not self.grow else 0),
            grow=self.grow,
            style_of=(lambda text: _tone(tones, text)) if tones else None,
        )


def columns_for(width: int, chosen: tuple[str, ...] | None = None) -> tuple[AccountColumn, ...]:
    """Return the columns for a table of `width` cells: those chosen, else what fits."""
    if chosen is not None:
        return tuple(column for column in COLUMNS if column.key in chosen)
    keys = next(keys for least, keys in _BY_WIDTH if width >= least)
    return tuple(_BY_KEY[key] for key in keys)


def flags_text(*states: Value) -> str:
    """Name the gravest flag and count the others; say how much was not assessed if none is up."""
    raised = [name for name, state in zip(FLAG_WORDS, states, strict=True) if state == "yes"]
    if raised:
        more = len(raised) - 1
        return _(FLAG_WORDS[raised[0]]) + (f" +{more}" if more else "")
    return _unassessed(states)


def all_flags_text(*states: Value) -> str:
    """Name every flag that is up."""
    raised = [
        _(words) for words, state in zip(FLAG_WORDS.values(), states, strict=True) if state == "yes"
    ]
    return ", ".join(raised) or _unassessed(states)


def severity_text(severity: str) -> str:
    """Return the word for a severity."""
    return _(SEVERITIES.get(severity, severity))


def _unassessed(states: tuple[Value, ...]) -> str:
    missing = sum(state == "not_assessed" for state in states)
    if missing == len(states):
        return _("not assessed")
    return _("{number} not assessed").format(number=missing) if missing else NONE


def _findings_text(count: Value, worst: Value) -> str:
    if count is None:
        return _("not audited")
    return f"{count} · {severity_text(str(worst))}" if count else NONE


def _label(choices: type[Choice]) -> Callable[[Value], str]:
    return lambda value: choices(str(value)).label if value else ""


def _day(value: Value) -> str:
    return day_text(str(value)) if value else ""


def _as_is(value: Value) -> str:
    return "" if value is None else str(value)


def _tone(tones: Mapping[str, str], text: str) -> str:
    return tones.get(text) or next(
        (tone for start, tone in tones.items() if text.startswith(start)), ""
    )


def _status_tones() -> dict[str, str]:
    return {
        OfficialStatus.OFFICIAL.label: "good",
        OfficialStatus.UNOFFICIAL.label: "bad",
        OfficialStatus.DISPUTED.label: "warn",
        OfficialStatus.UNKNOWN.label: "dim",
    }


def _badge_tones() -> dict[str, str]:
    return {
        Badge.NONE.label: "warn",
        Badge.LOST.label: "bad",
        Badge.UNKNOWN.label: "dim",
        Badge.GOVERNMENT.label: "good",
        Badge.ORGANISATION.label: "good",
    }


def _class_tones() -> dict[str, str]:
    return {
        AccountClass.IMPOSTOR.label: "bad",
        AccountClass.INDIVIDUAL.label: "warn",
        AccountClass.UNKNOWN.label: "dim",
    }


def _flag_tones() -> dict[str, str]:
    raised = {_(words): "warn" for words in FLAG_WORDS.values()}
    return {NONE: "dim", _("not assessed"): "dim", **raised, _(FLAG_WORDS["individual"]): "bad"}


def _finding_tones() -> dict[str, str]:
    return {NONE: "dim", _("not audited"): "dim"}


_FLAGS = tuple(FLAG_WORDS)

COLUMNS: tuple[AccountColumn, ...] = (
    AccountColumn("organisation", N_("Organisation"), ("organisation",), _as_is, 16, grow=1),
    AccountColumn("platform", N_("Platform"), ("platform",), platform_name, 10),
    AccountColumn("handle", N_("Handle"), ("handle",), _as_is, 14, grow=1),
    AccountColumn(
        "status", N_("Status"), ("status",), _label(OfficialStatus), 11, tones=_status_tones
    ),
    AccountColumn("badge", N_("Badge"), ("badge",), _label(Badge), 12, tones=_badge_tones),
    AccountColumn("class", N_("Class"), ("class",), _label(AccountClass), 13, tones=_class_tones),
    AccountColumn("flag", N_("Flags"), _FLAGS, flags_text, 17, tones=_flag_tones, sort="flags"),
    AccountColumn(
        "flags", N_("All flags"), _FLAGS, all_flags_text, 20, 2, tones=_flag_tones, sort="flags"
    ),
    AccountColumn(
        "findings",
        N_("Findings"),
        ("findings", "worst"),
        _findings_text,
        12,
        tones=_finding_tones,
    ),
    AccountColumn("last_post", N_("Last post"), ("last_post",), _day, 10),
    AccountColumn("state", N_("State"), ("state",), _label(Lifecycle), 9, sort="state"),
    AccountColumn("display_name", N_("Display name"), ("display_name",), _as_is, 18, grow=1),
    AccountColumn("reviewed", N_("Reviewed"), ("reviewed",), _day, 10),
    AccountColumn("uid", N_("Number"), ("uid",), _as_is, 14),
    AccountColumn("url", N_("Address"), ("url",), _as_is, 30, grow=2, sort="handle"),
)
_BY_KEY = {column.key: column for column in COLUMNS}

_MOST = ("organisation", "platform", "handle", "status", "badge", "class")
_BY_WIDTH = (
    (170, (*_MOST, "flags", "findings", "last_post")),
    (126, (*_MOST, "flag", "findings", "last_post")),
    (108, ("organisation", "platform", "handle", "status", "badge", "flag", "findings")),
    (92, ("organisation", "platform", "handle", "status", "flag", "findings")),
    (75, ("organisation", "platform", "handle", "status", "flag")),
    (64, ("organisation", "platform", "handle", "flag")),
    (52, ("organisation", "handle", "flag")),
    (0, ("organisation", "handle")),
)
