"""What the page of one account says: values in, lines of text out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Connection
from typing import Any

from textual.content import Content

from audits.differences import Difference, differences
from audits.flags import Flag, Raised
from audits.probes.sightings import Reason
from inventory import log
from inventory.fields import Field
from inventory.language import _, plural
from inventory.log import ChangeItem, LoggedChange
from inventory.reading import get, keys_of, records_about
from inventory.record import (
    TABLES,
    Account,
    AccountKey,
    Attestation,
    Evidence,
    Observation,
    Organisation,
    fields_of,
)
from inventory.search import FLAGS, AccountList
from inventory.vocabulary import KeyStatus
from tui.field_words import GROUPS, day_text, group_title, is_unknown, value_text
from tui.platform_names import platform_name
from tui.text import BAD, GOOD, HEAD, QUIET, STRONG, T, whole_value
from tui.widgets.page import Pair

HISTORY_SHOWN = 40
"""Changes shown on the page; the log holds all."""
OBSERVATIONS_SHOWN = 40
"""Observations shown on the page, the newest; `rasmi account --json` has all."""


@dataclass(frozen=True, slots=True)
class AccountPage:
    """One account and everything the inventory knows about it."""

    account: Account
    organisation: Organisation | None
    keys: Sequence[AccountKey]
    flags: dict[str, str]
    """Each of the four flags: yes, no or not_assessed."""
    evidence: Sequence[Evidence]
    attestations: Sequence[Attestation]
    observations: Sequence[Observation]
    history: Sequence[tuple[LoggedChange, ChangeItem]]
    differences: Sequence[Difference]
    """What was seen otherwise than recorded, the gravest first."""


def read_page(connection: Connection, account_id: int) -> AccountPage | None:
    """Read the page of an account, None when there is no such account."""
    account = get(connection, Account, account_id)
    if account is None:
        return None
    marks = AccountList(connection, FLAGS).rows([account_id])[account_id]
    return AccountPage(
        account,
        get(connection, Organisation, account.organisation_id),
        keys_of(connection, account_id),
        {name: str(state) for name, state in zip(FLAGS, marks, strict=True)},
        records_about(connection, Evidence, account_id),
        records_about(connection, Attestation, account_id),
        records_about(connection, Observation, account_id),
        list(log.history(connection, TABLES[Account], account_id)),
        differences(connection, account),
    )


def heading(page: AccountPage) -> Content:
    """Say whose account this is, where, and under which keys."""
    account = page.account
    name = page.organisation.name if page.organisation else ""
    lines = [
        Content.assemble(
            T(account.handle, STRONG), T(f" · {platform_name(account.platform)} · "), T(name)
        ),
        whole_value(account.url, "$primary"),
        Content.assemble(T(f"{account.uid}  ", QUIET), *_keys(page.keys)),
    ]
    return Content("\n").join(lines)


def flag_line(page: AccountPage, width: int) -> Content:
    """Say of each flag whether it is up, down, or was not assessed; in two lines where need be."""
    looks = {Raised.YES: BAD, Raised.NO: GOOD, Raised.NOT_ASSESSED: QUIET}
    parts: list[Content] = []
    for flag in Flag:
        answer = Raised(page.flags[flag.value])
        parts.append(Content.assemble(T(f"{flag.label}: "), T(answer.label, looks[answer])))
    whole = Content("   ").join(parts)
    if whole.cell_length <= width:
        return whole
    half = (len(parts) + 1) // 2
    lines = (Content("   ").join(parts[:half]), Content("   ").join(parts[half:]))
    return Content("\n").join(lines)


def record_pairs(account: Account) -> list[Pair]:
    """Give every known field under the heading of its group, and count those not known."""
    pairs: list[Pair] = []
    for group in GROUPS:
        fields = [field for field in fields_of(Account) if field.group == group]
        known = [field for field in fields if not is_unknown(getattr(account, field.name))]
        unknown = [field.label for field in fields if field not in known]
        pairs += [(None, T("")), (None, T(group_title(group), HEAD))]
        pairs += [(T(field.label), _value(field, account)) for field in known]
        if unknown:
            count = plural("{n} unknown", "{n} unknown", len(unknown)).format(n=len(unknown))
            pairs.append((T(count), T(", ".join(unknown), QUIET)))
    return pairs[1:]


def unknown_count(account: Account) -> int:
    """Return how many fields of the record say nothing."""
    shown = [field for field in fields_of(Account) if field.group in GROUPS]
    return sum(is_unknown(getattr(account, field.name)) for field in shown)


def proof_pairs(page: AccountPage) -> list[Pair]:
    """Give evidence, attestations and observations, each under its heading."""
    return [
        *_section(_("Evidence"), [_evidence(one) for one in page.evidence]),
        *_section(_("Attestations"), [_attestation(one) for one in page.attestations]),
        *_section(_("Observations"), _observations(page.observations)),
    ]


def history_pairs(page: AccountPage) -> list[Pair]:
    """Give who changed what, when and why, newest first."""
    pairs: list[Pair] = [(None, T(_("History"), HEAD))]
    for change, item in page.history[:HISTORY_SHOWN]:
        who = f"{change.actor.get('name', '')}: {change.reason}"
        pairs.append((T(_moment(change.at)), T(who)))
        pairs += [(T(""), line) for line in _changed(item)]
    more = len(page.history) - HISTORY_SHOWN
    if more > 0:
        pairs.append((T(""), T(_("{number} earlier changes").format(number=more), QUIET)))
    return pairs


def _keys(keys: Iterable[AccountKey]) -> Iterable[Content]:
    for key in keys:
        former = key.status is KeyStatus.FORMER
        yield whole_value(key.key, QUIET)
        yield T(f" ({key.status.label})  " if former else "  ", QUIET)


def _value(field: Field, account: Account) -> Content:
    value = getattr(account, field.name)
    if field.name == "platform":
        return T(platform_name(value))
    return whole_value(value_text(field, value))


def _section(title: str, entries: Sequence[Pair]) -> list[Pair]:
    shown: list[Pair] = list(entries) or [(None, T(_("none recorded"), QUIET))]
    return [(None, T(title, HEAD)), *shown, (None, T(""))]


def _evidence(one: Evidence) -> Pair:
    return _dated(
        one.collected_on,
        one.kind.label,
        (_("covers"), one.covers),
        (_("does not cover"), one.does_not_cover),
        (_("by"), one.collected_by),
        (_("until"), one.expires_on),
        ("", one.url),
        ("", one.note),
    )


def _attestation(one: Attestation) -> Pair:
    holds = {True: _("holds"), False: _("does not hold"), None: _("unknown")}[one.holds]
    return _dated(
        one.made_on,
        f"{one.topic.label}: {holds}",
        ("", one.statement),
        (_("by"), one.by_post),
        (_("until"), one.expires_on),
    )


def _observations(seen: Sequence[Observation]) -> list[Pair]:
    pairs = [_observation(one) for one in seen[:OBSERVATIONS_SHOWN]]
    more = len(seen) - OBSERVATIONS_SHOWN
    if more > 0:
        words = _("{number} earlier observations").format(number=more)
        pairs.append((T(""), T(words, QUIET)))
    return pairs


def _observation(one: Observation) -> Pair:
    seen = f"{one.kind.label}: {one.value or _('unknown')}"
    return _dated(
        one.seen_on,
        seen,
        (_("by"), one.by or one.method.label),
        ("", _reason_text(one.reason)),
        ("", one.source),
        (_("hash"), one.sha256 and one.sha256[:12]),
        ("", one.uid),
    )


def _reason_text(reason: str | None) -> str | None:
    """Return in words why it could not be told; a reason the program does not know as it is."""
    return Reason(reason).label if reason in frozenset(Reason) else reason


def _dated(day: Any, first: str, *more: tuple[str, Any]) -> Pair:
    parts = [whole_value(first)]
    for words, value in more:
        if value is not None:
            text = day_text(value) if not isinstance(value, str) else value
            parts.append(
                Content.assemble(T(f"{words} ", QUIET) if words else "", whole_value(text))
            )
    label = T(day_text(day)) if day else T(_("no date"))
    return label, Content("\n").join([parts[0], Content(" · ").join(parts[1:])]) if parts[
        1:
    ] else parts[0]


def _moment(at: str) -> str:
    """Return the time of a change where the reader sits."""
    return f"{datetime.fromisoformat(at).astimezone():%d/%m/%Y %H:%M}"


def _changed(item: ChangeItem) -> Iterable[Content]:
    if item.before is None or item.after is None:
        known = len(item.after or {})
        yield T(_("recorded, {number} fields").format(number=known), QUIET)
        return
    for field in fields_of(Account):
        if field.name in item.after or field.name in item.before:
            yield Content.assemble(
                T(f"{field.label}: ", QUIET),
                whole_value(value_text(field, item.before.get(field.name)), QUIET),
                T(" → ", QUIET),
                whole_value(value_text(field, item.after.get(field.name))),
            )
