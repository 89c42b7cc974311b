"""Recording by hand: what a person types into a field, checked before it reaches the store.

The form on the screen and the command line ask the same questions here.
"""

from collections.abc import Mapping
from datetime import date

from inventory.change import Change
from inventory.dates import read_date
from inventory.errors import InventoryError
from inventory.fields import Field, FieldKind
from inventory.identity import Identity, NotAnAccount, describe, identify
from inventory.language import _
from inventory.privacy import guard_text
from inventory.reading import account_by, domains_of
from inventory.record import Account, AccountKey, Organisation, field_named, fields_of
from inventory.safe_text import visible
from inventory.search_text import folded
from inventory.uids import account_uid
from inventory.vocabulary import Choice

_IDENTITY = ("platform", "handle", "url")  # they follow from the address
_KEPT_BY_THE_PROGRAM = ("created_on", "first_seen_on")
_YES, _NO = ("yes", "ya", "y", "1", "true"), ("no", "tidak", "t", "n", "0", "false")


class FieldProblem(InventoryError):
    """What was typed does not fit the field; the sentence says what would."""


class AlreadyRecorded(InventoryError):
    """The account stands in the inventory already; `account` is the one."""

    def __init__(self, sentence: str, account: Account) -> None:
        super().__init__(sentence)
        self.account = account


def editable_fields() -> tuple[Field, ...]:
    """Return the fields of an account that a person fills in, in the order of the record."""
    return tuple(
        item
        for item in fields_of(Account)
        if item.kind is not FieldKind.LINK and item.name not in (*_IDENTITY, *_KEPT_BY_THE_PROGRAM)
    )


def editable_field(name: str) -> Field:
    """Return one of them by name; raises FieldProblem, with the nearest name, for any other."""
    names = [item.name for item in editable_fields()]
    if name in names:
        return field_named(Account, name)
    from difflib import get_close_matches

    near = get_close_matches(name, names, 3)
    raise FieldProblem(
        _("An account has no field “{name}” to fill in. Near: {near}.").format(
            name=visible(name), near=", ".join(near) or "–"
        )
    )


def read_value(item: Field, text: str) -> object:
    """Return the value that `text` means for a field; empty text is “not known”.

    Raises FieldProblem with what would fit, also when the text holds something private.
    """
    text = text.strip()
    if not text:
        return item.choices(str(item.default)) if item.choices and item.default else None
    found = guard_text(text, item.label) if item.kind is not FieldKind.DAY else None
    if found is not None:
        raise FieldProblem(
            _("{field}: this looks like {what}. Write a post or an office instead.").format(
                field=item.label, what=found.kind.label
            )
        )
    if item.choices:
        return _choice(item, item.choices, text)
    if item.kind is FieldKind.DAY:
        return _day(item, text)
    if item.kind is FieldKind.WHOLE:
        return _whole(item, text)
    if item.kind is FieldKind.YES_NO:
        return _yes_no(item, text)
    return text


def shown_value(item: Field, value: object) -> str:
    """Return how a value stands in a form: what `read_value()` reads back; empty when unknown."""
    if value is None or (item.choices and value == item.default):
        return ""
    if isinstance(value, Choice):
        return value.label
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value)


def identified(text: str, platform: str | None, domains: tuple[str, ...] = ()) -> Identity:
    """Return the account an address or handle is; raises FieldProblem for anything else."""
    answer = identify(text, platform, official_domains=domains)
    if isinstance(answer, Identity):
        return answer
    if isinstance(answer, NotAnAccount):
        raise FieldProblem(
            _("“{text}” is not an account: {what}.").format(
                text=visible(text), what=describe(answer.what)
            )
        )
    raise FieldProblem(f"{answer.rule} {answer.remedy}")


def record_account(
    change: Change,
    address: str,
    organisation: Organisation,
    values: Mapping[str, object],
    *,
    today: date,
    platform: str | None = None,
) -> int:
    """Record a new account under an organisation and return its row id.

    Raises FieldProblem when the address is no account, AlreadyRecorded when it is a known one.
    """
    domains = tuple(domains_of(change.connection, organisation.id))
    identity = identified(address, platform, domains)
    known = account_by(change.connection, identity.key)
    if known is not None:
        raise AlreadyRecorded(
            _("{key} is in the inventory already, as {uid}.").format(
                key=visible(identity.key), uid=known.uid
            ),
            known,
        )
    account = Account(
        uid=account_uid(identity.key),
        organisation_id=organisation.id,
        platform=identity.platform,
        handle=identity.handle,
        url=identity.url,
        first_seen_on=today,
        created_on=today,
        **values,  # type: ignore[arg-type]
    )
    row_id = change.add(account)
    change.add(AccountKey(account_id=row_id, key=identity.key))
    return row_id


def _choice(item: Field, choices: type[Choice], text: str) -> Choice:
    wanted = folded(text).replace("-", "_").replace(" ", "_")
    for choice in choices:
        if wanted in (choice.value, folded(choice.label).replace("-", "_").replace(" ", "_")):
            return choice
    raise FieldProblem(
        _("{field}: “{text}” is none of: {choices}.").format(
            field=item.label,
            text=visible(text),
            choices=", ".join(choice.label for choice in choices),
        )
    )


def _day(item: Field, text: str) -> date:
    found = read_date(text)
    if found is None:
        raise FieldProblem(
            _("{field}: “{text}” is no date. Write it as 20/11/2026.").format(
                field=item.label, text=visible(text)
            )
        )
    return found


def _whole(item: Field, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise FieldProblem(
            _("{field}: “{text}” is no whole number.").format(field=item.label, text=visible(text))
        )
    return int(text)


def _yes_no(item: Field, text: str) -> bool:
    word = folded(text)
    if word in _YES or word in _NO:
        return word in _YES
    raise FieldProblem(
        _("{field}: write yes or no, or leave it empty when not known.").format(field=item.label)
    )
