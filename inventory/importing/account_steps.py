"""What becomes of every link of a file: one outcome each, and the steps that follow.

The order of the rows decides only which line of several is called the first; what is recorded is
the same in any order. Rows that disagree about a field leave it as it is. An account that the file
lists under two organisations is recorded under neither; one that stands in the inventory is never
moved.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from inventory.identity import Identity, Impossible, KeyKind, NotAnAccount, describe
from inventory.importing.account_values import (
    Merged,
    about_disagreement,
    changes,
    labels,
    merged,
)
from inventory.importing.former import FormerKeys
from inventory.importing.known import KnownAccount
from inventory.importing.lines import FieldChange, Line, Outcome
from inventory.importing.links import Link
from inventory.importing.organisation_steps import OrganisationPlans
from inventory.importing.steps import AccountEdit, NewAccount, Reference, Steps
from inventory.language import N_, _
from inventory.privacy import PRIVATE_VALUE, guard_text
from inventory.rows import as_stored
from inventory.safe_text import visible


class AccountPlans:
    """Decides on the links of a file, account by account."""

    def __init__(
        self,
        links: list[Link],
        known: Mapping[str, KnownAccount],
        organisations: OrganisationPlans,
        names: Mapping[int, str],
        today: date,
    ) -> None:
        self.links, self.known = links, known
        self.lines: list[Line | None] = [None] * len(links)
        self.steps = Steps()
        self.named: set[int | str] = set()
        self.used: set[str] = set()
        """The groups of the file under which an account is recorded."""
        self.contested: set[str] = set()
        """The groups that have a link in conflict."""
        self._organisations, self._names, self._today = organisations, names, today
        self._former = FormerKeys(links, known)

    def decide(self) -> None:
        """Give every link its line, and fill the steps."""
        accounts: dict[int | str, list[int]] = {}
        standing: dict[int, KnownAccount] = {}
        for at, link in enumerate(self.links):
            if isinstance(link.found, Identity):
                known = self.known.get(link.key) or self._renamed(at)
                accounts.setdefault(known.id if known else link.key, []).append(at)
                if known:
                    standing.setdefault(known.id, known)
            else:
                self.lines[at] = _no_account(link)
        for account, places in accounts.items():
            if isinstance(account, int):
                self._standing(standing[account], places)
            else:
                self._new(account, places)

    def _renamed(self, at: int) -> KnownAccount | None:
        """Return the account of the same organisation that goes by this link's key now."""
        link = self.links[at]
        known = self._former.renamed(link) if link.former else None
        return known if known and self._is_home(at, known) else None

    def _new(self, key: str, places: list[int]) -> None:
        homes = {home for at in places if (home := self._home(at)) is not None}
        if not homes:
            for at in places:
                self.lines[at] = _homeless(self.links[at])
            return
        if len(homes) > 1:
            self.named.add(key)
            for at in places:
                self._conflict(at, _contest(self._home_names(places)), _SEVERAL_HOMES)
            return
        home = next(iter(homes))
        links = [self.links[at] for at in places]
        said = merged(links)
        identity = self._identity(places)
        former, warnings = self._former.to_add(links, None)
        values = _defaults(identity, self._first_seen(places), self._today) | said.fills
        self.steps.new_accounts.append(NewAccount(identity, home, values | said.values, former))
        self.named.add(key)
        group = next(group for at in places if (group := self.links[at].organisation))
        self.used.add(group)
        name = self._organisations.name(group)
        warnings += [*_personal_form(identity), *about_disagreement(said, links)]
        first = links[0]
        self.lines[places[0]] = Line(
            first.row, first.column, first.value, Outcome.NEW, key, None, name,
            warnings=(*first.warnings, *warnings),
        )  # fmt: skip
        self._repeats(places, said, None, name)

    def _standing(self, known: KnownAccount, places: list[int]) -> None:
        self.named.add(known.id)
        name = self._names[known.organisation_id]
        at_home = [at for at in places if self._is_home(at, known)]
        for at in places:
            if at not in at_home:
                self._conflict(at, _elsewhere(name), _STANDS_ELSEWHERE, known)
        if not at_home:
            return
        links = [self.links[at] for at in at_home]
        said = merged(links)
        values, kept = changes(known, said)
        former, warnings = self._former.to_add(links, known.id)
        renamed = self._new_identity(links)
        if renamed is not None:
            values |= {"handle": renamed.handle, "url": renamed.url}
        changed = [
            FieldChange(field_name, known.values[field_name], as_stored(value))
            for field_name, value in values.items()
        ]
        changed += [FieldChange("former_key", None, key) for key in former]
        if changed:
            edit = AccountEdit(known.id, known.version, values, renamed, former)
            self.steps.account_edits.append(edit)
        first = links[0]
        if known.is_former_key:
            kept.append(_("This is a former address of the account."))
        self.lines[at_home[0]] = Line(
            first.row, first.column, first.value,
            Outcome.CHANGED if changed else Outcome.SAME, first.key, known.uid, name,
            tuple(changed),
            warnings=(*first.warnings, *kept, *warnings, *about_disagreement(said, links)),
        )  # fmt: skip
        self._repeats(at_home, said, known.uid, name)

    def _new_identity(self, links: list[Link]) -> Identity | None:
        """Return the one address under which an account of the inventory is not known yet."""
        found = {
            link.key: link.found
            for link in links
            if link.key not in self.known and isinstance(link.found, Identity)
        }
        return next(iter(found.values())) if len(found) == 1 else None

    def _repeats(self, places: list[int], said: Merged, uid: str | None, organisation: str) -> None:
        """Give the further rows of an account their lines: duplicates, or in conflict."""
        first = self.links[places[0]]
        for at in places[1:]:
            link = self.links[at]
            unlike = [
                name
                for name in said.disagreed
                if name in link.values and link.values[name] != first.values.get(name)
            ]
            outcome, reason, remedy = Outcome.DUPLICATE, _same_as(first.row), ""
            if unlike:
                outcome = Outcome.CONFLICT
                reason = _disagrees(first.row, unlike)
                remedy = _("Correct the list, or the account by hand; neither value was taken.")
            self.lines[at] = Line(
                link.row, link.column, link.value, outcome, link.key, uid, organisation,
                reason=reason, remedy=remedy, warnings=tuple(link.warnings),
            )  # fmt: skip

    def _identity(self, places: list[int]) -> Identity:
        """Return the spelling that most rows use, whatever their order."""
        found = [self.links[at].found for at in places]
        if len(found) == 1 and isinstance(found[0], Identity):
            return found[0]
        spelt = Counter(item for item in found if isinstance(item, Identity))
        return min(spelt, key=lambda item: (-spelt[item], item.handle, item.personal_form or ""))

    def _first_seen(self, places: list[int]) -> date:
        sampled = [day for at in places if (day := self.links[at].sampled)]
        return min(sampled, default=self._today)

    def _home(self, at: int) -> Reference | None:
        return self._organisations.reference(self.links[at].organisation)

    def _is_home(self, at: int, known: KnownAccount) -> bool:
        home = self._home(at)
        return home is None or home.row_id == known.organisation_id

    def _home_names(self, places: list[int]) -> list[str]:
        groups = {self.links[at].organisation for at in places} - {""}
        return sorted({self._organisations.name(group) for group in groups})

    def _conflict(
        self, at: int, reason: str, remedy: str, known: KnownAccount | None = None
    ) -> None:
        link = self.links[at]
        self.contested.add(link.organisation)
        name = self._organisations.name(link.organisation) if link.organisation else ""
        self.lines[at] = Line(
            link.row, link.column, link.value, Outcome.CONFLICT, link.key,
            known.uid if known else None, name, reason=reason, remedy=_(remedy),
            warnings=tuple(link.warnings),
        )  # fmt: skip


_STANDS_ELSEWHERE = N_("Move the account by hand if it changed hands, or correct the list.")
_SEVERAL_HOMES = N_("Leave it under one organisation in the list, or record it by hand.")


def _no_account(link: Link) -> Line:
    """Return the line of a link that names no account."""
    found = link.found
    value = PRIVATE_VALUE if guard_text(link.value) is not None else link.value
    outcome, key, reason, remedy = Outcome.REFUSED, "", link.reason, link.remedy
    if isinstance(found, NotAnAccount):
        outcome, key = Outcome.NOT_ACCOUNT, found.key or ""
        reason = reason or describe(found.what)
    elif isinstance(found, Impossible):
        reason, remedy = reason or found.rule, remedy or found.remedy
    return Line(
        link.row, link.column, value, outcome, key,
        reason=reason, remedy=remedy, warnings=tuple(link.warnings),
    )  # fmt: skip


def _homeless(link: Link) -> Line:
    return Line(
        link.row, link.column, link.value, Outcome.REFUSED, link.key,
        reason=_("The row does not say whose account this is."),
        remedy=link.remedy
        or _("Add a column with the organisation, or name one for all rows (--organisation)."),
        warnings=tuple(link.warnings),
    )  # fmt: skip


def _defaults(identity: Identity, first_seen: date, today: date) -> dict[str, Any]:
    values: dict[str, Any] = {"first_seen_on": first_seen, "created_on": today}
    if identity.kind is KeyKind.ID:
        values["platform_id"] = identity.value
    return values


def _personal_form(identity: Identity) -> tuple[str, ...]:
    if identity.personal_form is None:
        return ()
    return (_("The address has the form of a personal profile; make sure whose it is."),)


def _same_as(row: int) -> str:
    return _("The same account as in row {row}.").format(row=row)


def _disagrees(row: int, fields: list[str]) -> str:
    return _("The same account as in row {row}, which says otherwise about: {fields}.").format(
        row=row, fields=labels(fields)
    )


def _contest(names: list[str]) -> str:
    return _("The list names this account under several organisations: {names}.").format(
        names=", ".join(map(visible, names))
    )


def _elsewhere(name: str) -> str:
    return _("In the inventory this account stands under “{name}”.").format(name=visible(name))
