"""The form of an account: checked as one types, saved as one change with its reason."""

from collections.abc import Iterable, Sequence
from sqlite3 import Connection
from typing import ClassVar

from textual import events, on
from textual.containers import Grid
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from inventory.editing import FieldProblem, editable_fields, identified
from inventory.errors import Conflict
from inventory.fields import Field, FieldKind
from inventory.identity import Identity
from inventory.language import _
from inventory.platforms import platforms
from inventory.privacy import guard_text
from inventory.reading import account_by, domains_of, get, keys_of
from inventory.record import Account, Organisation
from inventory.vocabulary import Choice
from tui import drafts
from tui.account_form import (
    BY_CHOICE,
    AccountForm,
    Difference,
    clashes,
    differences,
    editable_text,
    reason_for,
)
from tui.actions import Scope
from tui.drafts import Draft
from tui.field_words import group_title
from tui.platform_names import platform_name
from tui.saving import EditedAccount, NewAccount, save
from tui.screen import RasmiScreen, Read, ReadFailed
from tui.screens.save_account import ConflictDialog, ReasonDialog
from tui.sources import organisations_named
from tui.text import BAD, GOOD, HEAD, QUIET, WARN, T
from tui.widgets.choice_line import ChoiceLine
from tui.widgets.chooser import Entry
from tui.widgets.page import Page
from tui.widgets.pick_line import PickLine

FOUND_AT_ONCE = 12
ADDRESS, PLATFORM = "address", "hint"
"""Names of the two fields that lead to an identity; the record's own fields keep theirs."""


class EditAccountScreen(RasmiScreen, scope=Scope.EDIT):
    """Add an account, or edit one; nothing is written before it is saved."""

    CSS_PATH = "edit_account.tcss"
    AUTO_FOCUS: ClassVar[str | None] = "Input, ChoiceLine"

    def __init__(
        self,
        account_id: int | None,
        organisation_id: int | None = None,
        draft: Draft | None = None,
    ) -> None:
        super().__init__()
        self._account_id = account_id
        self._draft = draft
        self._form = AccountForm(None)
        self._address = self._first_address = ""
        self._platform: str | None = None
        self._identity: Identity | None = None
        self._organisation: int | str | None = organisation_id
        self._organisation_name = ""
        self._base: Account | None = None
        self._keys: frozenset[str] = frozenset()
        self._reason = ""
        self._as_shown: dict[str, tuple[str, str]] = {}
        """What each field showed at first, on one line, and the text it stands for."""
        self._started = False

    @property
    def place(self) -> str:
        return Scope.ACCOUNTS.value

    def body(self) -> Iterable[Widget]:
        self._start()
        yield Static(T("") + self._account_words(), id="heading")
        with Page(can_focus=False), Grid():
            yield from self._identity_rows()
            yield from self._field_rows()
        yield Static("", id="advice")

    def _start(self) -> None:
        """Read the account once; after a change of language the form keeps what was typed."""
        if self._started:
            return
        self._started = True
        connection = self.session.connection
        if self._account_id is not None:
            self._base = get(connection, Account, self._account_id)
        self._form = AccountForm.of(self._base)
        if self._base is not None:
            self._address = editable_text(self._base.url).replace("\n", " ")
            self._first_address = self._address
            self._keys = frozenset(one.key for one in keys_of(connection, self._base.id))
            self._organisation = self._base.organisation_id
        if self._draft is not None:
            self._form.fill(self._draft.texts, self._draft.chosen)
            self._address, self._platform = self._draft.address, self._draft.platform
            self._organisation = self._draft.organisation
            self._organisation_name = str(self._organisation or "")
        if isinstance(self._organisation, int):
            organisation = get(connection, Organisation, self._organisation)
            self._organisation_name = organisation.name if organisation else ""

    def _account_words(self) -> Content:
        if self._base is None:
            return T(_("Add an account"), HEAD)
        named = f"{platform_name(self._base.platform)} · {self._base.handle}"
        return Content.assemble(T(_("Edit"), HEAD), T(f"  {named}"))

    def _identity_rows(self) -> Iterable[Widget]:
        yield Static(_("Address"), classes="label")
        yield Input(self._address, id=ADDRESS, compact=True, select_on_focus=False)
        yield Static("", classes="label")
        yield Static(T("") + self._identity_words(), id="identity")
        if self._base is None:
            yield Static(_("Platform"), classes="label")
            options: list[tuple[str, object]] = [(_("what the address says"), None)]
            options += [(known.name, known.key) for known in platforms().values()]
            yield ChoiceLine(_("Platform"), options, self._platform, id=PLATFORM)
        yield Static(_("Organisation"), classes="label")
        if self._base is None:
            yield PickLine(
                _("Organisation"),
                T(self._organisation_name),
                _organisation_entries,
                prompt=_("type its name"),
                id="organisation",
            )
        else:
            yield Static(T(self._organisation_name), classes="fixed")

    def _field_rows(self) -> Iterable[Widget]:
        group = ""
        for one in editable_fields():
            if one.group != group:
                group = one.group
                yield Static(T(group_title(group), HEAD), classes="group")
            yield Static(T(one.label), classes="label", id=f"label-{one.name}")
            if one.kind in BY_CHOICE:
                value = self._form.chosen[one.name]
                yield ChoiceLine(one.label, _options(one), value, id=one.name)
            else:
                text = self._form.texts[one.name]
                line = text.replace("\n", " ")
                self._as_shown[one.name] = (line, text)
                yield Input(line, id=one.name, compact=True, select_on_focus=False)

    # -- as one types ----------------------------------------------------------------------------

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if event.input.id == ADDRESS:
            self._address = event.value
            self._identify()
            return
        name = str(event.input.id)
        shown, text = self._as_shown[name]
        self._form.texts[name] = text if event.value == shown else _as_lines(name, event.value)
        self._advise(name)

    @on(ChoiceLine.Changed)
    def _chose(self, event: ChoiceLine.Changed) -> None:
        if event.line.id == PLATFORM:
            self._platform = str(event.value) if event.value else None
            self._identify()
        else:
            self._form.chosen[str(event.line.id)] = event.value
        self.keys_changed()

    @on(PickLine.Picked)
    def _picked(self, event: PickLine.Picked) -> None:
        kind, _colon, named = event.answer.partition(":")
        if kind == "new":
            self._organisation = self._organisation_name = named
        else:
            found = get(self.session.connection, Organisation, int(named))
            self._organisation = int(named)
            self._organisation_name = found.name if found else ""
        self.query_one(PickLine).show(T(self._organisation_name))
        self._identify()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Say what is wrong with the field one comes to."""
        self._advise(event.widget.id or "")
        super().on_descendant_focus(event)

    def _identify(self) -> None:
        self.query_one("#identity", Static).update(T("") + self._identity_words())
        self.keys_changed()

    def _identity_words(self) -> Content:
        """Say which account the address is, or what it is instead."""
        self._identity = None
        text = self._address.strip()
        if not text:
            return T(_("The account's address; or its handle, with the platform below."), QUIET)
        private = guard_text(text)
        if private is not None:
            return T(private.sentence, WARN)
        try:
            found = identified(text, self._hint(), self._domains())
        except FieldProblem as problem:
            return T(str(problem), WARN)
        known = account_by(self.session.connection, found.key)
        if known is not None and (self._base is None or known.id != self._base.id):
            sentence = _("In the inventory already: {key}, as {uid}.")
            return T(sentence.format(key=found.key, uid=known.uid), BAD)
        self._identity = found
        address = "" if found.url == text else f"  {found.url}"
        name = f"{platform_name(found.platform)}  "
        return Content.assemble(T(name, GOOD), T(found.key), T(address, QUIET))

    def _hint(self) -> str | None:
        platform = self._base.platform if self._base else self._platform
        return platform if platform in platforms() else None

    def _domains(self) -> tuple[str, ...]:
        if not isinstance(self._organisation, int):
            return ()
        return tuple(domains_of(self.session.connection, self._organisation))

    def _advise(self, name: str) -> None:
        one = next((field for field in editable_fields() if field.name == name), None)
        advice = self.query_one("#advice", Static)
        if one is None:
            advice.update("")
            return
        problem = None if one.kind in BY_CHOICE else self._form.problem(one)
        self.query_one(f"#label-{name}").set_class(problem is not None, "-wrong")
        advice.update(T(problem, WARN) if problem else T(_hint_for(one), QUIET))
        self.keys_changed()

    # -- saving ----------------------------------------------------------------------------------

    @property
    def unsaved(self) -> bool:
        return self._form.touched() or self._address.strip() != self._first_address.strip()

    def keep_aside(self) -> None:
        drafts.keep(self.session.store.path, self._as_draft())

    def _as_draft(self) -> Draft:
        chosen = {
            name: value.value if isinstance(value, Choice) else value
            for name, value in self._form.chosen.items()
            if value is None or isinstance(value, Choice | bool)
        }
        return Draft(
            self._account_id,
            self._address,
            self._platform,
            self._organisation,
            dict(self._form.texts),
            chosen,
        )

    def why_not(self, name: str) -> str | None:
        if name != "save":
            return None
        if not self.unsaved:
            return _("Nothing was changed yet.")
        problems = self._form.problems()
        if problems:
            return next(iter(problems.values()))
        if self._identity is None:
            return _("The address does not lead to an account yet.")
        if self._organisation is None:
            return _("Choose the organisation it belongs to.")
        return None

    def action_next_field(self) -> None:
        self.focus_next()

    def action_previous_field(self) -> None:
        self.focus_previous()

    def action_save(self) -> None:
        changes = differences(self._base, self._form.changed())
        identity = self._identity
        if identity is not None and (self._base is None or self._moved()):
            before = self._base.url if self._base else _("not recorded")
            changes.insert(0, Difference("url", _("Address"), before, identity.url))
        if not changes:
            self.tell(_("The record says so already; nothing to save."))
            return
        reason = _("Recorded by hand") if self._base is None else reason_for(changes)
        self.app.push_screen(ReasonDialog(changes, reason), self._save)

    def _save(self, reason: str | None) -> None:
        if reason is None:
            return
        session, wanted = self.session, self._wanted()
        self._reason = reason
        self.in_background("save", lambda: save(session, wanted, reason))

    def _wanted(self) -> NewAccount | EditedAccount:
        values = self._form.changed()
        if self._base is None:
            assert self._organisation is not None
            return NewAccount(self._address, self._platform, self._organisation, values)
        address = self._address if self._moved() else None
        return EditedAccount(self._base, self._base.version, values, address)

    def _moved(self) -> bool:
        """Say whether the address leads to another account than any the recorded keys lead to."""
        return self._identity is not None and self._identity.key not in self._keys

    def on_read(self, message: Read) -> None:
        """Leave once it is saved."""
        self.rasmi.account_saved(message.answer, new=self._base is None)

    def on_read_failed(self, message: ReadFailed) -> None:
        """Say why it could not be saved; ask whose values stand where somebody was quicker."""
        error = message.error
        if isinstance(error, Conflict) and isinstance(error.current, Account) and self._base:
            now, mine = error.current, self._form.changed()

            def settled(kept: tuple[str, ...] | None) -> None:
                if kept is not None:
                    self._settle(now, kept)

            self.app.push_screen(ConflictDialog(clashes(self._base, now, mine)), settled)
        else:
            self.tell(str(error), "error")

    def _settle(self, now: Account, kept: Sequence[str]) -> None:
        """Go on from what somebody else saved, with my values where they stand."""
        assert self._base is not None
        clashing = {one.name for one in clashes(self._base, now, self._form.changed())}
        values = {
            name: value
            for name, value in self._form.changed().items()
            if name not in clashing or name in kept
        }
        session = self.session
        address = self._address if self._moved() else None
        wanted = EditedAccount(now, now.version, values, address)
        reason = self._reason
        self.in_background("save", lambda: save(session, wanted, reason))


def _organisation_entries(connection: Connection, text: str) -> list[Entry]:
    found = organisations_named(connection, text, FOUND_AT_ONCE)
    entries = [Entry(f"organisation:{row_id}", T(name)) for row_id, name in found]
    name = text.strip()
    known = {shown.casefold() for _row_id, shown in found}
    if len(name) > 2 and name.casefold() not in known and guard_text(name) is None:
        label = _("a new organisation: {name}").format(name=name)
        entries.append(Entry(f"new:{name}", T(label, QUIET)))
    return entries


def _options(one: Field) -> list[tuple[str, object]]:
    if one.kind is FieldKind.YES_NO:
        return [(_("unknown"), None), (_("yes"), True), (_("no"), False)]
    assert one.choices is not None
    options: list[tuple[str, object]] = [(choice.label, choice) for choice in one.choices]
    unset: list[tuple[str, object]] = [] if one.default else [(_("unknown"), None)]
    return [*unset, *options]


def _as_lines(name: str, text: str) -> str:
    """Return the text of a field of several values with one a line; links hold no spaces."""
    one = next(field for field in editable_fields() if field.name == name)
    return "\n".join(text.split()) if one.kind is FieldKind.LINES else text


def _hint_for(one: Field) -> str:
    """Say how a field is filled in."""
    if one.kind is FieldKind.DAY:
        return _("A date: 20/11/2026 or 2026-11-20. Empty means unknown.")
    if one.kind is FieldKind.WHOLE:
        return _("A whole number. Empty means unknown.")
    if one.kind is FieldKind.LINES:
        return _("Addresses with a space between them. Empty means unknown.")
    if one.kind in BY_CHOICE:
        return _("← → or a letter chooses, Enter lists all.")
    return _("People by post only, never by name. Empty means unknown.")
