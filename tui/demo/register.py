"""The demo's inventory while its story is told: which row is whose, and at what version."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from inventory.change import Change
from inventory.record import (
    Account,
    AccountKey,
    Listing,
    Organisation,
    OrganisationDomain,
    OrganisationName,
    Source,
)
from inventory.uids import account_uid, organisation_uid
from inventory.vocabulary import NameKind
from tui.demo.draws import drawn, file_hash, public_id
from tui.demo.organisations import FORMER_NAMES, OTHER_NAMES, Body
from tui.demo.presences import Ago, Fields, Presence

_AHEAD = frozenset({"office_holder_until", "handler_until", "handler_from"})
"""Dates that may lie ahead of the day on which they are recorded."""

_WITH = {
    "badge": "badge_seen_on",
    "disposition": "disposition_on",
    "disposition_ref": "disposition_on",
    "report_ref": "reported_on",
    "public_warning_ref": "reported_on",
    "last_post_on": "last_post_seen_on",
    "lifecycle": "closed_on",
}
"""Values that become known with a date: on that day, if the case has it."""


@dataclass(slots=True)
class Register:
    """Row ids and versions of what the story has written so far."""

    today: date
    organisations: dict[str, int] = field(default_factory=dict)
    accounts: dict[str, int] = field(default_factory=dict)
    keys: dict[str, int] = field(default_factory=dict)
    _versions: dict[tuple[type[object], int], int] = field(default_factory=dict)

    def ago(self, days: int) -> date:
        """Return the date so many days before today."""
        return Ago(days).on(self.today)

    def add_organisations(self, change: Change, bodies: Iterable[Body], day: date) -> None:
        """Record the organisations; each parent has to come before what is under it."""
        listed = list(bodies)
        for body in listed:
            self.organisations[body.short] = change.add(_organisation(body, self, day))
        change.add_many(
            OrganisationDomain(
                uid=public_id("D", body.domain),
                organisation_id=self.organisations[body.short],
                domain=body.domain,
            )
            for body in listed
        )
        change.add_many(
            OrganisationName(
                uid=public_id("N", name),
                organisation_id=self.organisations[short],
                name=name,
                kind=kind,
                until=until,
            )
            for short, name, kind, until in self._other_names()
        )

    def _other_names(self) -> Iterable[tuple[str, str, NameKind, date | None]]:
        for short, name in OTHER_NAMES:
            yield short, name, NameKind.ALIAS, None
        for short, in_malay, in_english, changed in FORMER_NAMES:
            if changed > REGISTER_OPENED:
                for name in (in_malay, in_english):
                    yield short, name, NameKind.FORMER, self.ago(changed)

    def add_accounts(self, change: Change, presences: Iterable[Presence], source: str) -> None:
        """Record the accounts a list named, with their keys and where they were listed."""
        listed = list(presences)
        day = self.ago(listed[0].intake)
        ids = change.add_many(self._account(presence, day) for presence in listed)
        self.accounts |= dict(zip((p.seed for p in listed), ids, strict=True))
        keyed = [(p.seed, p.identity().key) for p in listed if not p.keyless]
        ids = change.add_many(
            AccountKey(uid=public_id("K", key), account_id=self.accounts[seed], key=key)
            for seed, key in keyed
        )
        self.keys |= dict(zip((seed for seed, _key in keyed), ids, strict=True))
        source_id = change.add(
            Source(
                uid=public_id("S", source),
                name=source,
                sha256=file_hash(source),
                imported_on=day,
                rows=len(listed),
                links=len(listed),
            )
        )
        change.add_many(
            Listing(
                uid=public_id("L", source, presence.seed),
                source_id=source_id,
                account_id=self.accounts[presence.seed],
                since=day,
            )
            for presence in listed
        )

    def _account(self, presence: Presence, day: date) -> Account:
        identity = presence.identity()
        opened = None if presence.of_others else self.ago(1100 + drawn(2500, presence.seed))
        values: dict[str, Any] = {
            "uid": account_uid(identity.key),
            "organisation_id": self.organisations[presence.body.short],
            "platform": presence.platform,
            "handle": identity.handle,
            "url": identity.url,
            "language": "ms, en" if presence.body.is_ministry else "ms",
            "official_status": presence.status,
            "account_class": presence.account_class,
            "first_seen_on": day,
            "opened_on": opened,
            "created_on": day,
        }
        return Account(**(values | dict(self.fixed(presence, presence.intake))))

    def fixed(self, presence: Presence, days: int) -> Fields:
        """Return what a case fixes and what is known of it on its first day, `days` ago."""
        known = {name for name, since in self.known_since(presence).items() if since >= days}
        return {name: self._resolved(presence.fixed[name]) for name in known}

    def fixed_on(self, presence: Presence, days: int) -> Fields:
        """Return what of a case's fixed values became known exactly `days` ago."""
        known = self.known_since(presence)
        return {
            name: self._resolved(value)
            for name, value in presence.fixed.items()
            if known[name] == days
        }

    def known_since(self, presence: Presence) -> Mapping[str, int]:
        """Return, for each value a case fixes, how many days ago it became known."""
        return {name: self._known_since(presence, name) for name in presence.fixed}

    def _known_since(self, presence: Presence, name: str) -> int:
        dated = _WITH.get(name, name)
        value = presence.fixed.get(dated, presence.fixed[name])
        if not isinstance(value, Ago) or name in _AHEAD or value.days >= presence.intake:
            return presence.intake
        return max(value.days, _LAST_DAY)

    def _resolved(self, value: object) -> object:
        return value.on(self.today) if isinstance(value, Ago) else value

    def edit(self, change: Change, presence: Presence, fields: Fields) -> None:
        """Set fields of an account that the story has recorded already."""
        values = {name: self._resolved(value) for name, value in fields.items()}
        self.edit_row(change, Account, self.accounts[presence.seed], values)

    def edit_row(
        self, change: Change, record_type: type[object], row_id: int, fields: Fields
    ) -> None:
        """Set fields of any record of the story."""
        place = (record_type, row_id)
        version = self._versions.get(place, 1)
        self._versions[place] = change.edit(record_type, row_id, version, fields)


REGISTER_OPENED = 425
_LAST_DAY = 4


def body_on(body: Body, days: int) -> Body:
    """Return an organisation as it was called so many days before today."""
    for short, in_malay, in_english, changed in FORMER_NAMES:
        if short == body.short and days > changed:
            return replace(body, name_ms=in_malay, name_en=in_english)
    return body


def _organisation(body: Body, register: Register, day: date) -> Organisation:
    called = body_on(body, REGISTER_OPENED)
    return Organisation(
        uid=organisation_uid(body.name_ms),
        code=body.short,
        kind=body.kind,
        name_ms=called.name_ms,
        name_en=called.name_en,
        short_name=body.short,
        parent_id=register.organisations[body.parent] if body.parent else None,
        website=f"https://www.{body.domain}/",
        email_domain=body.domain,
        communications_unit=body.unit,
        created_on=day,
    )
