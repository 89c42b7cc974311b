"""What an import would do, link by link, before it does anything.

    table, mapping ─ drafts ─► links and organisations ─ matching ─► lines and steps

A plan is made by reading only. Each link of the file has exactly one outcome, so the counts add up
to what the file holds; `apply.apply_plan` carries out the steps of a plan that was agreed.
"""

import re
import sqlite3
from collections import Counter
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath

from inventory.importing import known as inventory
from inventory.importing.account_steps import AccountPlans
from inventory.importing.account_values import fields_said
from inventory.importing.drafts import Drafts, Progress, draft
from inventory.importing.garbage import uncollected
from inventory.importing.lines import Line, OrganisationLine, Outcome, Question
from inventory.importing.mapped import Layout, Mapping
from inventory.importing.organisation_steps import OrganisationPlans
from inventory.importing.rows import Table
from inventory.importing.steps import Steps
from inventory.language import _
from inventory.privacy import PrivacyRefused, guard_file
from inventory.safe_text import visible

_MISSING_SHARE = 0.1
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Request:
    """What a plan was made from; the same request on the same inventory gives the same plan."""

    table: Table
    mapping: Mapping
    source: str
    today: date
    answers: Dictionary[str, str]
    organisation: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do.

    `lines` has every link in the file's order. `rows` are the data rows of the file, of which
    `rows_without_links` hold no link. `base` is the newest change of the inventory it was made on.
    """

    request: Request
    lines: tuple[Line, ...]
    rows_without_links: int
    organisations: tuple[OrganisationLine, ...]
    questions: tuple[Question, ...]
    warnings: tuple[str, ...]
    base: int
    steps: Steps = field(compare=False)

    @property
    def rows(self) -> int:
        """How many data rows the file has."""
        return len(self.request.table.rows)

    @property
    def links(self) -> int:
        """How many links the file has."""
        return len(self.lines)

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many links have each outcome; the sum is `links`."""
        counted = Counter(line.outcome for line in self.lines)
        return {outcome: counted[outcome] for outcome in Outcome}

    @property
    def organisations_new(self) -> int:
        """How many organisations the import would record."""
        return len(self.steps.new_organisations)

    @property
    def changes_nothing(self) -> bool:
        """Whether accepting the plan would write nothing at all."""
        return self.steps.is_empty


def source_name(file_name: str) -> str:
    """Return the name under which a list comes back: its file's, without dates and numbers."""
    stem = PurePath(file_name).stem
    plain = re.sub(r"[\d]+", " ", stem)
    plain = re.sub(r"[\s_.()-]+", " ", plain).strip()
    return plain or stem or "file"


def make_plan(
    connection: sqlite3.Connection,
    table: Table,
    mapping: Mapping,
    *,
    source: str,
    today: date,
    answers: Dictionary[str, str] | None = None,
    organisation: str = "",
    progress: Progress | None = None,
) -> Plan:
    """Return what importing `table` would do to the inventory; writes nothing.

    `source` is the name of the list, by which it is known when it comes again. `answers` gives the
    uid of an organisation, or "new", for the key of a question. `organisation` is the name
    or uid of the one meant by rows that name none. Raises PrivacyRefused for a file that may not be
    imported at all.
    """
    refusal = guard_file(table, mapping)
    if refusal is not None:
        raise PrivacyRefused(refusal)
    request = Request(table, mapping, source, today, dict(answers or {}), organisation)
    with uncollected():
        return _plan(connection, request, progress)


def _plan(connection: sqlite3.Connection, request: Request, progress: Progress | None) -> Plan:
    table, mapping, organisation = request.table, request.mapping, request.organisation
    base = inventory.newest_change(connection)
    known = inventory.organisations(connection)
    if organisation in known.by_uid:
        organisation = known.by_id[known.by_uid[organisation]].name
    drafts = draft(table, mapping, organisation, standing=known.by_name, progress=progress)
    keys = {link.key for link in drafts.links} - {""}
    keys |= {former.key for link in drafts.links for former in link.former}
    accounts = inventory.accounts(connection, keys, fields_said(drafts.links))
    organisations = OrganisationPlans(drafts.organisations, known, accounts, request.answers)
    names = {row_id: item.name for row_id, item in known.by_id.items()}
    plans = AccountPlans(drafts.links, accounts, organisations, names, request.today)
    plans.decide()
    lines = _organisation_lines(drafts, plans, organisations)
    warnings = [*table.warnings, *drafts.warnings, *_empty_handed(mapping, drafts)]
    warnings += _listings(connection, request, plans)
    return Plan(
        request=request,
        lines=tuple(line for line in plans.lines if line is not None),
        rows_without_links=drafts.rows_without_links,
        organisations=lines,
        questions=tuple(
            question for line in lines if (question := organisations.question(line.key))
        ),
        warnings=tuple(warnings),
        base=base,
        steps=plans.steps,
    )


def _organisation_lines(
    drafts: Drafts, plans: AccountPlans, organisations: OrganisationPlans
) -> tuple[OrganisationLine, ...]:
    """Decide which organisations are recorded or filled in, and return a line for each."""
    lines = []
    for key in sorted(drafts.organisations):
        recorded = True
        if organisations.matches[key].organisation_id is None:
            recorded = key in plans.used or not (
                key in plans.contested or organisations.is_taken_name(key)
            )
            if recorded:
                plans.steps.new_organisations.append(organisations.new(key))
        else:
            edit, _warnings = organisations.edit(key)
            if edit is not None:
                plans.steps.organisation_edits.append(edit)
        lines.append(organisations.line(key, is_recorded=recorded))
    return tuple(lines)


def _listings(connection: sqlite3.Connection, request: Request, plans: AccountPlans) -> list[str]:
    """Note which accounts the list names from now on, and warn when it names far fewer."""
    before = inventory.source_named(connection, request.source)
    listed = before.listed if before else frozenset()
    recorded = {step.identity.key for step in plans.steps.new_accounts}
    for account in sorted(plans.named, key=str):
        if account in recorded or (isinstance(account, int) and account not in listed):
            plans.steps.listings.append(account)
    _note_samples(connection, request, plans, recorded)
    missing = listed - {account for account in plans.named if isinstance(account, int)}
    if len(missing) <= _MISSING_SHARE * len(listed):
        return []
    some = inventory.handles_of(connection, sorted(missing)[:_NAMED])
    warning = _(
        "“{source}” was imported before with {before} accounts; {missing} of them are not in this"
        " file, among them {some}. Nothing is deleted; check that the file is complete."
    )
    return [
        warning.format(
            source=visible(request.source),
            before=len(listed),
            missing=len(missing),
            some=", ".join(map(visible, some)),
        )
    ]


def _note_samples(
    connection: sqlite3.Connection, request: Request, plans: AccountPlans, recorded: set[str]
) -> None:
    """A series of samples tells when the list last saw each account: that is an observation."""
    sampled: dict[int | str, date] = {}
    for link in plans.links:
        if link.sampled is None or not link.key:
            continue
        known = plans.known.get(link.key)
        account: int | str = known.id if known else link.key
        if known or link.key in recorded:
            sampled[account] = max(link.sampled, sampled.get(account, link.sampled))
    if not sampled:
        return
    seen = inventory.last_seen(connection, request.source)
    for account, day in sampled.items():
        if isinstance(account, str) or seen.get(account, "") < day.isoformat():
            plans.steps.seen[account] = day


def _empty_handed(mapping: Mapping, drafts: Drafts) -> list[str]:
    """Say so when nothing in the file was understood."""
    if mapping.layout is not Layout.ORGANISATIONS_ONLY or drafts.organisations:
        return []
    return [
        _("No column holds accounts or organisations. Say which one does: --map address=COLUMN.")
    ]
