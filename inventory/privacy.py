"""The privacy guard: staff members' own accounts and numbers never enter the inventory.

Pure: it is asked before anything is kept, by the import, the edit form and the command line. It
answers what kind of thing it saw and never repeats the thing itself.
"""

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inventory.importing.words import contains, words_of
from inventory.language import N_, _
from inventory.vocabulary import ContactClass

if TYPE_CHECKING:
    from inventory.importing.mapping import Mapping
    from inventory.importing.rows import Table

PRIVATE_VALUE = "•••"
"""What stands where a private value was, on screens, in sheets and in the log."""


class Private(StrEnum):
    """What was seen that is nobody's business but its owner's."""

    IDENTITY_NUMBER = "identity_number"
    PASSPORT = "passport"
    STAFF_NUMBER = "staff_number"
    MOBILE = "mobile"
    PRIVATE_MAIL = "private_mail"

    @property
    def label(self) -> str:
        """Its words, in the language spoken here."""
        return _(_LABELS[self])


_LABELS = {
    Private.IDENTITY_NUMBER: N_("an identity number"),
    Private.PASSPORT: N_("a passport number"),
    Private.STAFF_NUMBER: N_("a staff number"),
    Private.MOBILE: N_("a mobile phone number"),
    Private.PRIVATE_MAIL: N_("a private e-mail address"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One private thing seen in a text; the text itself is not kept."""

    kind: Private

    @property
    def sentence(self) -> str:
        """What was seen and why it is not kept, for people."""
        return _("This is {what}; the inventory keeps none.").format(what=self.kind.label)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a whole file is refused: the rule, a sentence, a remedy, and the columns by number."""

    rule: str
    sentence: str
    remedy: str
    columns: tuple[int, ...]


class PrivacyRefused(Exception):
    """Raised when a file may not be imported at all; none of its values is kept anywhere."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.sentence)
        self.refusal = refusal


def guard_text(text: str, label: str = "") -> Finding | None:
    """Return what private thing `text` holds, None when it holds none.

    `label` is the name of the column or field: passport and staff numbers look like any other
    number and are only recognised under their name.
    """
    if not text or not _WORTH_A_LOOK.search(text):
        return None
    labelled = _labelled(label) if label else None
    if labelled is not None and _NUMBER.search(text):
        return Finding(labelled)
    bare = _LINK.sub(" ", text)
    if any(_is_identity_number(found) for found in _IDENTITY_NUMBER.finditer(bare)):
        return Finding(Private.IDENTITY_NUMBER)
    if _MOBILE.search(bare) or _PHONE_LINK.search(text):
        return Finding(Private.MOBILE)
    if any(_is_private_mail(domain) for domain in _mail_domains(text)):
        return Finding(Private.PRIVATE_MAIL)
    return None


def contact_class(text: str, official_domains: Collection[str] = ()) -> ContactClass:
    """Return the class of a contact; the contact itself is not to be kept.

    `official_domains` are those of the organisation, lower case; government domains are official
    whoever they belong to.
    """
    domains = list(_mail_domains(text))
    if guard_text(text) is not None or any(_is_private_mail(domain) for domain in domains):
        return ContactClass.PRIVATE
    if domains:
        official = all(is_official_domain(domain, official_domains) for domain in domains)
        return ContactClass.OFFICIAL if official else ContactClass.UNKNOWN
    said = set(words_of(text))
    for answer in (ContactClass.PRIVATE, ContactClass.VENDOR, ContactClass.OFFICIAL):
        if said & _lexicon().contact_words[answer]:
            return answer
    return ContactClass.UNKNOWN


def is_official_domain(domain: str, official_domains: Collection[str] = ()) -> bool:
    """Say whether `domain` is one of the organisation's, or one only governments are given."""
    labels = domain.split(".")
    if any(".".join(labels[at:]) in official_domains for at in range(len(labels))):
        return True
    suffix = labels[-2:] if len(labels[-1]) == 2 else labels[-1:]
    return suffix[0] in _lexicon().government_suffix and len(labels) > len(suffix)


def mail_domains(text: str) -> tuple[str, ...]:
    """Return the domains of the mail addresses in `text` that an organisation can call its own."""
    shared = _lexicon().shared_mail
    return tuple(
        domain
        for domain in _mail_domains(text)
        if not _is_private_mail(domain) and domain not in shared
    )


def is_private_column(header: str) -> bool:
    """Say whether a column of this name holds private addresses or numbers, or people's names.

    Such a column is left out of the import; the rest of the list may be fit.
    """
    words = words_of(header)
    lexicon = _lexicon()
    return _holds(words, lexicon.private_contact) or (
        _holds(words, lexicon.contact) and not _holds(words, lexicon.impersonal)
    )


def guard_headers(headers: Iterable[str]) -> Refusal | None:
    """Return why a list under these headers is refused whole, None when they name nothing private.

    A list is refused when a header says that its rows are members of staff, that it holds identity
    or staff numbers, people's own accounts, or proof that they followed or liked something.
    """
    found: dict[str, list[int]] = {}
    for number, header in enumerate(headers, 1):
        subject = _subject_of(header)
        if subject:
            found.setdefault(subject, []).append(number)
    if not found:
        return None
    subject = next(name for name in _SUBJECTS if name in found)
    return _refusal(subject, found[subject])


def guard_file(table: "Table", mapping: "Mapping") -> Refusal | None:
    """Return why a whole file is refused, by its headers and by what its columns hold."""
    refused = guard_headers(
        "" if _answers_only(table, at) else header for at, header in enumerate(table.headers)
    )
    if refused is not None:
        return refused
    for at in range(len(table.headers)):
        if _lists_identity_numbers(table, at):
            return _refusal("identity_number", [at + 1])
    if mapping.people.staff_rows(table):
        return _refusal("staff", list(mapping.people.columns_shown()))
    return None


_SUBJECTS = {
    "identity_number": ("PRV002", N_("Column {column} holds identity numbers.")),
    "staff_number": ("PRV002", N_("Column {column} holds staff numbers.")),
    "own_account": ("PRV001", N_("Column {column} holds people's own accounts.")),
    "engagement": (
        "PRV004",
        N_("Column {column} holds proof that people followed or liked something."),
    ),
    "staff": ("PRV001", N_("Column {column} says that this is a list of members of staff.")),
}


def _refusal(subject: str, columns: list[int]) -> Refusal:
    rule, sentence = _SUBJECTS[subject]
    shown = columns[0]
    why = _("Such a list is not imported and nothing of it was kept.")
    return Refusal(
        rule,
        f"{_(sentence).format(column=shown)} {why}",
        _(
            "Take those columns and the staff's own accounts out of the file; "
            "list only accounts that speak for an organisation or an office."
        ),
        tuple(columns),
    )


def _subject_of(header: str) -> str | None:
    words, lexicon = words_of(header), _lexicon()
    if not words:
        return None
    finding = guard_text(header)  # a file without headers begins with a row of values
    if finding is not None and finding.kind is Private.IDENTITY_NUMBER:
        return "identity_number"
    if _named(words, lexicon.identity_number):
        return "identity_number"
    if _named(words, lexicon.staff_number):
        return "staff_number"
    if _holds(words, lexicon.own) and _holds(words, lexicon.own_account):
        return "own_account"
    if _holds(words, lexicon.proof) and _holds(words, lexicon.act):
        return "engagement"
    if _named(words, lexicon.staff) and not _holds(words, lexicon.contact):
        return "staff"
    return None


def _answers_only(table: "Table", column: int) -> bool:
    """Say whether a column only says yes or no of each row: that is a class, not a person."""
    from inventory.importing.choices import yes_or_no

    cells = {row.cells[column].strip() for row in table.rows[:_SAMPLE]} - {""}
    return bool(cells) and all(yes_or_no(cell) is not None for cell in cells)


def _lists_identity_numbers(table: "Table", column: int) -> bool:
    """Say whether a column is one of identity numbers: whole cells, not one inside a sentence."""
    text = "\n".join(row.cells[column] for row in table.rows)
    if not _WORTH_A_LOOK.search(text):
        return False
    cells = [cell for row in table.rows if (cell := row.cells[column].strip())]
    found = [
        cell for cell in cells if (m := _IDENTITY_NUMBER.fullmatch(cell)) and _is_identity_number(m)
    ]
    if len({cell for cell in found if not cell.isdigit()}) > 1:
        return True
    # Without its dashes it may be a platform's number: only a column full of them is a list.
    return len(found) * 2 >= len(cells) > 0


_SAMPLE = 1000
_WORTH_A_LOOK = re.compile(r"@|\d{3}")
_NUMBER = re.compile(r"\d{3}")
_LINK = re.compile(r"(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)+/\S*", re.IGNORECASE)
_IDENTITY_NUMBER = re.compile(r"(?<![\w/=.-])(\d{6})([- ]?)(\d{2})\2(\d{4})(?![\w-])", re.ASCII)
_MOBILE = re.compile(r"(?<![\w/=.+-])(?:\+?60[- ]?|0)1\d[- ]?\d{3,4}[- ]?\d{4}(?!\w)", re.ASCII)
_PHONE_LINK = re.compile(
    r"(?:wa\.me/|[?&]phone=|tel:)\+?(?:60|0)1\d{7,9}", re.IGNORECASE | re.ASCII
)
_MAIL = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")


def _is_identity_number(found: re.Match[str]) -> bool:
    year, month, day = int(found[1][:2]), int(found[1][2:4]), int(found[1][4:])
    if found[3] in _lexicon().birthplaces_missing:
        return False
    return any(_is_date(century + year, month, day) for century in (1900, 2000))


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _mail_domains(text: str) -> Iterator[str]:
    if "@" in text:
        yield from (domain.casefold().rstrip(".") for domain in _MAIL.findall(text))


def _is_private_mail(domain: str) -> bool:
    return domain in _lexicon().private_mail


@lru_cache(maxsize=2_000)
def _labelled(label: str) -> Private | None:
    words = words_of(label)
    if _named(words, _lexicon().staff_number):
        return Private.STAFF_NUMBER
    if _named(words, _lexicon().identity_number):
        passport = any(word.startswith(("passp", "pasap", "pasp")) for word in words)
        return Private.PASSPORT if passport else Private.IDENTITY_NUMBER
    return None


Phrases = frozenset[tuple[str, ...]]


@dataclass(frozen=True)
class _Lexicon:
    identity_number: tuple[Phrases, Phrases]
    staff_number: tuple[Phrases, Phrases]
    staff: tuple[Phrases, Phrases]
    contact: Phrases
    impersonal: Phrases
    private_contact: Phrases
    own: Phrases
    own_account: Phrases
    proof: Phrases
    act: Phrases
    private_mail: frozenset[str]
    shared_mail: frozenset[str]
    government_suffix: frozenset[str]
    birthplaces_missing: frozenset[str]
    contact_words: dict[ContactClass, frozenset[str]]


def _named(words: tuple[str, ...], phrases: tuple[Phrases, Phrases]) -> bool:
    exact, holds = phrases
    return words in exact or _holds(words, holds)


def _holds(words: tuple[str, ...], phrases: Phrases) -> bool:
    return any(contains(words, phrase) for phrase in phrases)


@cache
def _lexicon() -> _Lexicon:
    path = Path(__file__).with_name("privacy.toml")
    said: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))

    def phrases(section: str, name: str) -> Phrases:
        return frozenset(words_of(phrase) for phrase in said[section].get(name, ()))

    def named(section: str) -> tuple[Phrases, Phrases]:
        return phrases(section, "exact"), phrases(section, "holds")

    def values(name: str) -> frozenset[str]:
        return frozenset(said["patterns"][name])

    return _Lexicon(
        identity_number=named("identity_number"),
        staff_number=named("staff_number"),
        staff=named("staff"),
        contact=phrases("contact", "holds"),
        impersonal=phrases("contact", "impersonal"),
        private_contact=phrases("private_contact", "holds"),
        own=phrases("own_account", "own"),
        own_account=phrases("own_account", "account"),
        proof=phrases("engagement", "proof"),
        act=phrases("engagement", "act"),
        private_mail=values("private_mail"),
        shared_mail=values("shared_mail"),
        government_suffix=values("government_suffix"),
        birthplaces_missing=values("birthplaces_missing"),
        contact_words={
            ContactClass(name): frozenset(words) for name, words in said["contact_words"].items()
        },
    )
