"""Leads: accounts that websites and others name and the inventory lacks; accepted or rejected."""

from collections.abc import Iterable
from dataclasses import dataclass
from sqlite3 import Connection
from typing import ClassVar

from textual import events, on
from textual.widget import Widget
from textual.widgets import Static

from audits.probes.leads import accept, open_leads, reject
from inventory.errors import InventoryError
from inventory.language import _
from inventory.privacy import guard_text
from inventory.reading import get
from inventory.record import Lead, Organisation
from tui.actions import Scope
from tui.field_words import day_text
from tui.list_rows import ListColumn, ListRows
from tui.platform_names import platform_name
from tui.screen import RasmiScreen, Read
from tui.table.messages import FilterChanged, QueryFailed, RowHighlighted
from tui.table.view import WindowTable
from tui.text import QUIET, T
from tui.widgets.ask import AskText


@dataclass(frozen=True, slots=True)
class OpenLead:
    """A lead and the name of the organisation it is said to belong to."""

    lead: Lead
    organisation: str

    @property
    def name(self) -> str:
        """The account as its platform names it."""
        return self.lead.key.split(":", 2)[-1]

    @property
    def said(self) -> str:
        """What a search looks through."""
        lead = self.lead
        return f"{self.organisation} {lead.platform} {self.name} {lead.url} {lead.source or ''}"


class LeadsScreen(RasmiScreen, scope=Scope.LEADS):
    """The leads that wait for a decision."""

    AUTO_FOCUS: ClassVar[str | None] = "WindowTable"
    DEFAULT_CSS = """
    LeadsScreen #lead {
        height: 2; padding: 0 1; background: $panel;
        text-wrap: nowrap; text-overflow: ellipsis;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._filter = ""
        self._read = False
        self._leads: tuple[OpenLead, ...] = ()
        self._rows = ListRows(self._leads, (), said_of)

    def body(self) -> Iterable[Widget]:
        width = self.app.size.width
        self._rows = ListRows(self._leads, lead_columns(), said_of, width)
        yield WindowTable(
            self._rows,
            self._rows.fit(width),
            empty_message=self._nothing(),
            no_match_message=_("No lead has these words. Esc clears them."),
            filter_text=self._filter,
        )
        yield Static("", id="lead")

    def _nothing(self) -> str:
        if not self._read:
            return _("reading …")
        return _("No lead is open. A live check that reads websites finds them: 6, then w.")

    @property
    def table(self) -> WindowTable:
        """The list."""
        return self.query_one(WindowTable)

    @property
    def lead(self) -> OpenLead | None:
        """The lead under the cursor."""
        return self._rows.item(self.table.cursor_row)

    def record_changed(self) -> None:
        self.read_in_background("leads", read_leads)

    def on_read(self, message: Read) -> None:
        """List the leads; the cursor stays at its place."""
        first = not self._read
        self._read, self._leads = True, message.answer
        if first and not self._leads:
            self.speak()
            return
        at = self.table.cursor_row
        self._rows = ListRows(self._leads, lead_columns(), said_of)
        self.table.set_source(self._rows, self._rows.fit(self.app.size.width))
        if at is not None and self._leads:
            self.table.move_to(min(at, len(self._leads)))
        self._describe()

    def on_resize(self, event: events.Resize) -> None:
        self.table.set_columns(self._rows.fit(self.app.size.width))

    @on(FilterChanged)
    def _searched(self, message: FilterChanged) -> None:
        self._filter = message.text

    @on(QueryFailed)
    def _failed(self, message: QueryFailed) -> None:
        self.tell(message.reason, "error")

    @on(RowHighlighted)
    def _describe(self) -> None:
        one = self.lead
        words = T("")
        if one is not None:
            source = one.lead.source or "–"
            where = _("{origin}, on {page}").format(origin=one.lead.origin.label, page=source)
            words = T(f"{one.organisation}  {one.lead.url}") + T("\n", lines=True) + T(where, QUIET)
        self.query_one("#lead", Static).update(words)
        self.keys_changed()

    # -- deciding --------------------------------------------------------------------------------

    def why_not(self, name: str) -> str | None:
        if name in ("accept_lead", "reject_lead") and self.lead is None:
            return _("There is no lead in the list.")
        return None

    def action_search(self) -> None:
        self.table.focus()
        self.table.action_start_filter()

    def action_accept_lead(self) -> None:
        one, session = self.lead, self.session
        if one is None:
            return
        try:
            accept(session.store, session.actor, one.lead.id, session.today)
        except InventoryError as error:
            self.tell(str(error), "error")
        else:
            said = _("Recorded {name} for {organisation}; u takes it back.")
            self.tell(said.format(name=one.name, organisation=one.organisation))
        self.record_changed()

    def action_reject_lead(self) -> None:
        one, session = self.lead, self.session
        if one is None:
            return

        def decided(reason: str | None) -> None:
            if not reason:
                return
            try:
                reject(session.store, session.actor, one.lead.id, reason, session.today)
            except InventoryError as error:
                self.tell(str(error), "error")
            self.record_changed()

        title = T(_("Why is {name} not an account of theirs?").format(name=one.name))
        advice = _("Kept with it on the deny list, so that it does not come up again.")
        self.app.push_screen(AskText(title, "", advice=advice, problem=reason_problem), decided)


def read_leads(connection: Connection) -> tuple[OpenLead, ...]:
    """Read the leads that wait, each with the name of its organisation."""
    names: dict[int, str] = {}
    found = []
    for lead in open_leads(connection):
        if lead.organisation_id not in names:
            owner = get(connection, Organisation, lead.organisation_id)
            names[lead.organisation_id] = owner.name if owner is not None else ""
        found.append(OpenLead(lead, names[lead.organisation_id]))
    return tuple(found)


def said_of(one: OpenLead) -> str:
    """Return what a search looks through."""
    return one.said


def lead_columns() -> list[ListColumn[OpenLead]]:
    """Return the columns of the list, in the language spoken now."""
    return [
        ListColumn("organisation", _("Organisation"), 20, lambda one: one.organisation, grow=1),
        ListColumn("platform", _("Platform"), 10, lambda one: platform_name(one.lead.platform)),
        ListColumn("name", _("Account"), 20, lambda one: one.name, grow=1),
        ListColumn(
            "origin", _("Found as"), 22, lambda one: one.lead.origin.label, from_width=80
        ),
        ListColumn(
            "found", _("Found on"), 10, found_on, from_width=96,
            sort=lambda one: str(one.lead.found_on or ""),
        ),
        ListColumn(
            "source", _("Where"), 24, lambda one: one.lead.source or "–", grow=1, from_width=120
        ),
    ]  # fmt: skip


def found_on(one: OpenLead) -> str:
    """Return the day a lead was found, as people here write it."""
    return day_text(one.lead.found_on) if one.lead.found_on else "–"


def reason_problem(text: str) -> str | None:
    """Say why a text cannot stand as the reason for rejecting a lead."""
    if not text.strip():
        return _("A lead is rejected with a reason.")
    found = guard_text(text)
    return found.sentence if found is not None else None
