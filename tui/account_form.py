"""The form of an account, without the screen: what was typed, what it means, what is new."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from inventory.editing import FieldProblem, editable_fields, read_value, shown_value
from inventory.fields import Field, FieldKind
from inventory.language import _
from inventory.record import Account
from inventory.safe_text import escaped, hides_something
from inventory.vocabulary import Choice
from tui.field_words import value_text

BY_CHOICE = (FieldKind.CHOICE, FieldKind.YES_NO)
"""Kinds of field that are chosen from a list, not typed."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that would change: its words, and what it holds before and after."""

    name: str
    label: str
    before: str
    after: str


@dataclass(slots=True)
class AccountForm:
    """The fields of one account as they are being filled in; `account` is None for a new one."""

    account: Account | None
    texts: dict[str, str] = field(default_factory=dict)
    """What stands in the fields that are typed."""
    chosen: dict[str, object] = field(default_factory=dict)
    """What is chosen in the others."""

    @classmethod
    def of(cls, account: Account | None) -> "AccountForm":
        """Return the form with what is recorded, or with what is assumed of a new account."""
        form = cls(account)
        for one in editable_fields():
            value = getattr(account, one.name) if account else _assumed(one)
            if one.kind in BY_CHOICE:
                form.chosen[one.name] = value
            else:
                form.texts[one.name] = editable_text(shown_value(one, value))
        return form

    def fill(self, texts: Mapping[str, str], chosen: Mapping[str, object]) -> None:
        """Put back what was typed and chosen earlier, as far as the fields still know it."""
        for one in editable_fields():
            if one.kind not in BY_CHOICE:
                self.texts[one.name] = texts.get(one.name, self.texts[one.name])
            elif one.name in chosen:
                self.chosen[one.name] = _choice_of(one, chosen[one.name])

    def problem(self, one: Field) -> str | None:
        """Return why the text of a field does not fit it, None if it does."""
        try:
            self._typed_value(one)
        except FieldProblem as problem:
            return str(problem)
        return None

    def problems(self) -> dict[str, str]:
        """Return every problem by field."""
        typed = (one for one in editable_fields() if one.kind not in BY_CHOICE)
        found = {one.name: self.problem(one) for one in typed}
        return {name: problem for name, problem in found.items() if problem}

    def values(self) -> dict[str, object]:
        """Return the value of every field; raises FieldProblem for a text that does not fit."""
        return {
            one.name: self.chosen[one.name] if one.kind in BY_CHOICE else self._typed_value(one)
            for one in editable_fields()
        }

    def _typed_value(self, one: Field) -> object:
        text = self.texts.get(one.name, "")
        stored = getattr(self.account, one.name) if self.account else None
        if isinstance(stored, str) and hides_something(stored) and text == editable_text(stored):
            return stored  # its unseen characters stay until somebody types something else
        return read_value(one, text)

    def changed(self) -> dict[str, object]:
        """Return the values that differ from the record; for a new account, those that say more."""
        before = self.account
        return {
            one.name: value
            for one, value in zip(editable_fields(), self.values().values(), strict=True)
            if value != (getattr(before, one.name) if before else _assumed(one))
        }

    def touched(self) -> bool:
        """Say whether anything was typed or chosen that is not recorded."""
        fresh = AccountForm.of(self.account)
        return (self.texts, self.chosen) != (fresh.texts, fresh.chosen)


def editable_text(stored: str) -> str:
    """Return a stored text as a field shows it: escaped where it holds something unseen."""
    lines = stored.split("\n")
    return "\n".join(escaped(line) if hides_something(line) else line for line in lines)


def differences(account: Account | None, values: Mapping[str, object]) -> list[Difference]:
    """Return what `values` would change, in words."""
    return [
        Difference(
            one.name,
            one.label,
            value_text(one, getattr(account, one.name) if account else None),
            value_text(one, values[one.name]),
        )
        for one in editable_fields()
        if one.name in values
    ]


def clashes(base: Account, now: Account, mine: Mapping[str, object]) -> list[Difference]:
    """Return the fields that somebody else changed meanwhile to other values than mine.

    `before` is what they saved, `after` what I would save.
    """
    theirs = [name for name in mine if getattr(now, name) not in (getattr(base, name), mine[name])]
    return differences(replace(now), {name: mine[name] for name in theirs})


def reason_for(changes: Iterable[Difference]) -> str:
    """Return the reason that is proposed for saving `changes`."""
    labels = [one.label for one in changes]
    if not labels:
        return ""
    named = ", ".join(labels[:3]) + (" …" if len(labels) > 3 else "")
    return _("Edited: {fields}").format(fields=named)


def _choice_of(one: Field, stored: object) -> object:
    if one.choices is None or stored is None:
        return stored if isinstance(stored, bool) else None
    return next((choice for choice in one.choices if choice.value == stored), _assumed(one))


def _assumed(one: Field) -> Choice | None:
    return one.choices(str(one.default)) if one.choices and one.default else None
