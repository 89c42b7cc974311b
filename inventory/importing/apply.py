"""An agreed plan, carried out: one change, all of it or nothing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from inventory.actor import Actor
from inventory.change import Change
from inventory.errors import InventoryError
from inventory.importing import known as inventory
from inventory.importing.drafts import Progress
from inventory.importing.garbage import uncollected
from inventory.importing.names import name_key
from inventory.importing.personal_addresses import address_of
from inventory.importing.plan import Plan, make_plan
from inventory.importing.steps import AccountEdit, NewAccount, Reference
from inventory.language import _
from inventory.reading import get
from inventory.record import (
    Account,
    AccountKey,
    Listing,
    Observation,
    Organisation,
    OrganisationDomain,
    OrganisationName,
    Source,
)
from inventory.renaming import new_address
from inventory.store import Store
from inventory.uids import account_uid, organisation_uid
from inventory.vocabulary import KeyStatus, ObservationKind, ObservationMethod

LISTED = "listed"
"""What a file that samples its accounts saw of one: that it was on the list, not that it exists."""


class StalePlan(InventoryError):
    """The inventory changed since the plan was made, and the plan no longer holds."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What an import did; `seq` is its change in the log, None when there was nothing to do."""

    seq: int | None
    accounts_added: int
    accounts_changed: int
    organisations_added: int
    organisations_changed: int


def apply_plan(
    store: Store,
    actor: Actor,
    plan: Plan,
    *,
    today: date,
    reason: str | None = None,
    progress: Progress | None = None,
) -> Applied:
    """Carry out `plan` as one change and return what was done.

    Raises StalePlan when the inventory changed so that the plan would come out differently now,
    and what `Store.change` raises; then nothing was written.
    """
    steps = plan.steps
    if steps.is_empty and inventory.newest_change(store.connection) == plan.base:
        return Applied(None, 0, 0, 0, 0)
    said = reason or _("Import of {source}").format(source=plan.request.source)
    with store.change(actor, said, plan.request.source) as change:
        if change.seq != plan.base + 1:
            _check_still_holds(change, plan)
        with uncollected():
            writer = _Writer(change, plan, today)
            writer.organisations()
            writer.accounts(progress)
            writer.source()
    if steps.is_empty:
        return Applied(None, 0, 0, 0, 0)
    return Applied(
        change.seq,
        len(steps.new_accounts),
        len(steps.account_edits),
        len(steps.new_organisations),
        len(steps.organisation_edits),
    )


def _check_still_holds(change: Change, plan: Plan) -> None:
    request = plan.request
    again = make_plan(
        change.connection,
        request.table,
        request.mapping,
        source=request.source,
        today=request.today,
        answers=request.answers,
        organisation=request.organisation,
    )
    if (again.lines, again.organisations) != (plan.lines, plan.organisations):
        raise StalePlan(
            _("The inventory was changed since this plan was made. Look at the plan again.")
        )


class _Writer:
    """Writes the steps of one plan into one open change."""

    def __init__(self, change: Change, plan: Plan, today: date) -> None:
        self._change, self._plan, self._today = change, plan, today
        self._organisation_ids: dict[str, int] = {}
        self._account_ids: dict[str, int] = {}

    def organisations(self) -> None:
        """Record the new organisations, fill in the others, then set who stands under whom."""
        steps = self._plan.steps
        new = steps.new_organisations
        ids = self._change.add_many(
            Organisation(
                uid=organisation_uid(name_key(item.name) or item.name),
                created_on=self._today,
                **item.values,
            )
            for item in new
        )
        self._organisation_ids = {item.key: row_id for item, row_id in zip(new, ids, strict=True)}
        under: list[tuple[int, int, Reference]] = [
            (row_id, 1, item.parent) for item, row_id in zip(new, ids, strict=True) if item.parent
        ]
        for edit in steps.organisation_edits:
            version = self._change.edit(Organisation, edit.row_id, edit.version, edit.values)
            if edit.parent is not None:
                under.append((edit.row_id, version, edit.parent))
        for row_id, version, parent in under:
            parent_id = self._organisation(parent)
            if parent_id is not None and not self._is_below(parent_id, row_id):
                self._change.edit(Organisation, row_id, version, {"parent_id": parent_id})
        self._names_and_domains()

    def accounts(self, progress: Progress | None) -> None:
        """Record the new accounts with their keys, and edit the others."""
        new = self._plan.steps.new_accounts
        ids = self._change.add_many(list(self._records(new)))
        self._account_ids = {
            item.identity.key: row_id for item, row_id in zip(new, ids, strict=True)
        }
        self._change.add_many(
            AccountKey(account_id=row_id, key=key) for key, row_id in self._account_ids.items()
        )
        self._former(
            (self._account_ids[item.identity.key], key) for item in new for key in item.former
        )
        edits = self._plan.steps.account_edits
        for number, edit in enumerate(edits):
            self._edit(edit)
            if progress is not None and number % 1000 == 0:
                progress(number, len(edits))

    def source(self) -> None:
        """Note under the list's name what it held, and which accounts it names."""
        steps, request = self._plan.steps, self._plan.request
        if steps.is_empty:
            return
        source_id = self._source()
        self._change.add_many(
            Listing(source_id=source_id, account_id=row_id, since=self._today)
            for account in steps.listings
            if (row_id := self._account(account)) is not None
        )
        self._change.add_many(
            Observation(
                account_id=row_id,
                kind=ObservationKind.EXISTENCE,
                value=LISTED,
                seen_on=day,
                method=ObservationMethod.FILE,
                source=request.source,
            )
            for account, day in steps.seen.items()
            if (row_id := self._account(account)) is not None
        )

    def _records(self, new: list[NewAccount]) -> Iterator[Account]:
        for item in new:
            home = self._organisation(item.organisation)
            assert home is not None, "an account is only recorded under a recorded organisation"
            yield Account(
                uid=account_uid(item.identity.key),
                organisation_id=home,
                platform=item.identity.platform,
                handle=item.identity.handle,
                url=address_of(item.identity),
                **item.values,
            )

    def _edit(self, edit: AccountEdit) -> None:
        values = dict(edit.values)
        if edit.renamed is not None:
            account = get(self._change.connection, Account, edit.row_id)
            assert account is not None, "an account that is planned to change is there"
            values |= new_address(self._change, account, edit.renamed.url, today=self._today)
        if values:
            self._change.edit(Account, edit.row_id, edit.version, values)
        self._former((edit.row_id, key) for key in edit.former)

    def _former(self, keys: Iterable[tuple[int, str]]) -> None:
        self._change.add_many(
            AccountKey(account_id=row_id, key=key, status=KeyStatus.FORMER) for row_id, key in keys
        )

    def _names_and_domains(self) -> None:
        names: list[OrganisationName] = []
        domains: list[OrganisationDomain] = []
        steps = self._plan.steps
        told = [(self._organisation_ids[item.key], item) for item in steps.new_organisations]
        for row_id, item in told:
            names += (OrganisationName(organisation_id=row_id, name=name) for name in item.names)
            domains += (OrganisationDomain(organisation_id=row_id, domain=d) for d in item.domains)
        for edit in steps.organisation_edits:
            row_id = edit.row_id
            names += (OrganisationName(organisation_id=row_id, name=name) for name in edit.names)
            domains += (OrganisationDomain(organisation_id=row_id, domain=d) for d in edit.domains)
        self._change.add_many(names)
        self._change.add_many(domains)

    def _organisation(self, reference: Reference) -> int | None:
        if reference.row_id is not None:
            return reference.row_id
        return self._organisation_ids.get(reference.key)

    def _account(self, account: int | str) -> int | None:
        return account if isinstance(account, int) else self._account_ids.get(account)

    def _is_below(self, row_id: int, ancestor: int) -> bool:
        """Say whether one organisation is another, or stands somewhere under it."""
        from inventory.organisations import branch_of

        return row_id in branch_of(self._change.connection, ancestor)

    def _source(self) -> int:
        request = self._plan.request
        facts: Mapping[str, Any] = {
            "sha256": request.table.sha256,
            "imported_on": self._today,
            "rows": self._plan.rows,
            "links": self._plan.links,
        }
        before = inventory.source_named(self._change.connection, request.source)
        if before is None:
            return self._change.add(Source(name=request.source, **facts))
        self._change.edit(Source, before.record.id, before.record.version, facts)
        return before.record.id
