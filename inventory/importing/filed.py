"""The organisations that a file names, gathered from all its rows before any is looked up."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from inventory.importing.names import (
    Likeness,
    acronyms,
    kind_of,
    language_of,
    leaves_its_kind_open,
    likeness,
    name_key,
)
from inventory.privacy import is_official_domain, mail_domains
from inventory.vocabulary import OrganisationKind

_VARIANTS_OF_ONE_CODE = 3


@dataclass(slots=True)
class Filed:
    """One organisation as the file's rows tell of it; each set holds every value they give."""

    key: str
    names: Counter[str] = field(default_factory=Counter)
    names_ms: Counter[str] = field(default_factory=Counter)
    names_en: Counter[str] = field(default_factory=Counter)
    codes: set[str] = field(default_factory=set)
    short_names: set[str] = field(default_factory=set)
    websites: set[str] = field(default_factory=set)
    mails: set[str] = field(default_factory=set)
    kinds: set[OrganisationKind] = field(default_factory=set)
    kinds_of_column: set[OrganisationKind] = field(default_factory=set)
    """What the header of a column says of all its organisations ("Kementerian")."""
    parents: set[str] = field(default_factory=set)
    """The keys of the groups under which it stands."""
    units: set[str] = field(default_factory=set)
    account_keys: set[str] = field(default_factory=set)
    rows: list[int] = field(default_factory=list)
    is_body: bool = False
    """Whether it is only named as the body that office-holders sit in."""
    is_upper: bool = False
    """Whether it is only named as what stands above others."""

    @property
    def all_names(self) -> list[str]:
        """Every name, the one most rows use first; the order of the rows does not matter."""
        found = self.names + self.names_ms + self.names_en
        return sorted(found, key=lambda name: (-found[name], name.isupper(), name))

    @property
    def name(self) -> str:
        """The name to show: the most used one, else the short name or code."""
        named = [*self.all_names, *sorted(self.short_names), *sorted(self.codes)]
        return named[0] if named else self.key

    @property
    def kind(self) -> OrganisationKind:
        """The kind that a column says, else the one all its names begin with."""
        said = self.kinds or {kind_of(name) for name in self.all_names}
        said = said - {OrganisationKind.UNKNOWN}
        if not said and all(map(leaves_its_kind_open, self.all_names)):
            said = set(self.kinds_of_column)
        return said.pop() if len(said) == 1 else OrganisationKind.UNKNOWN

    @property
    def hosts(self) -> set[str]:
        """The hosts of its websites, without www."""
        return {host for site in self.websites if (host := host_of(site))}

    @property
    def domains(self) -> set[str]:
        """The internet domains that are its own by its websites and mail addresses."""
        return self.hosts | self.mails

    def name_in(self, language: str) -> str | None:
        """Return its name in "ms" or "en", None where the file gives none."""
        given = self.names_ms if language == "ms" else self.names_en
        if given:
            return _most_used(given)
        told = Counter({n: c for n, c in self.names.items() if language_of(n) == language})
        if told:
            return _most_used(told)
        untold = Counter({n: c for n, c in self.names.items() if not language_of(n)})
        # A name that tells no language stands in the English field: there "any" is looked for too.
        return _most_used(untold) if untold and language == "en" else None

    def absorb(self, other: "Filed") -> None:
        """Take over everything that another group of rows says of the same organisation."""
        self.names += other.names
        self.names_ms += other.names_ms
        self.names_en += other.names_en
        self.codes |= other.codes
        self.short_names |= other.short_names
        self.websites |= other.websites
        self.mails |= other.mails
        self.kinds |= other.kinds
        self.kinds_of_column |= other.kinds_of_column
        self.parents |= other.parents
        self.units |= other.units
        self.account_keys |= other.account_keys
        self.rows += other.rows
        self.is_body = self.is_body and other.is_body
        self.is_upper = self.is_upper and other.is_upper


class Filing:
    """Groups the rows of a file by the organisation they name."""

    def __init__(self) -> None:
        self._groups: dict[str, Filed] = {}
        self._same: dict[str, str] = {}

    def group(self, names: Iterable[str], code: str, short_name: str) -> Filed | None:
        """Return the group of the organisation a row names, None when it names none."""
        key = next((name_key(name) for name in names if name_key(name)), "")
        if not key:
            key = f"code {code.casefold()}" if code else name_key(short_name)
        if not key:
            return None
        return self._groups.setdefault(key, Filed(key))

    def holds(self, name: str) -> bool:
        """Say whether an organisation of this name was filed already."""
        return name_key(name) in self._groups

    def settle(self, standing: Mapping[str, Collection[int]] | None = None) -> dict[str, Filed]:
        """Join the groups that share a code and return them by key; `key_of` finds joined ones.

        `standing` gives the organisations of the inventory by name key: groups that stand there as
        two are not joined.
        """
        standing = standing or {}
        by_code: dict[str, list[Filed]] = {}
        for group in self._groups.values():
            for code in group.codes:
                by_code.setdefault(code.casefold(), []).append(group)
        for code, groups in sorted(by_code.items()):
            keys = sorted({self.key_of(group.key) for group in groups})
            self._join(code, [self._groups[key] for key in keys], standing)
        self._find_uppers()
        for group in self._groups.values():
            group.parents = {self.key_of(key) for key in group.parents} - {self.key_of(group.key)}
        return {key: group for key, group in self._groups.items() if key not in self._same}

    def key_of(self, key: str) -> str:
        """Return the key under which a group stands after joining."""
        while key in self._same:
            key = self._same[key]
        return key

    def _find_uppers(self) -> None:
        """Join what is named above others by a code or short name with the one so called."""
        called: dict[str, set[str]] = {}
        for group in self._groups.values():
            if not group.is_upper and group.key not in self._same:
                for text in group.codes | group.short_names:
                    called.setdefault(text.casefold(), set()).add(group.key)
        for group in list(self._groups.values()):
            found = {key for name in group.names for key in called.get(name.casefold(), ())}
            if group.is_upper and group.key not in self._same and len(found) == 1:
                owner = self._groups[found.pop()]
                owner.parents |= group.parents
                owner.kinds_of_column |= group.kinds_of_column
                self._same[group.key] = owner.key

    def _join(
        self, code: str, groups: list[Filed], standing: Mapping[str, Collection[int]]
    ) -> None:
        if len(groups) < 2:
            return
        named = [group for group in groups if group.all_names]
        owners = {row_id for group in named for row_id in standing.get(group.key, ())}
        many = len(groups) > _VARIANTS_OF_ONE_CODE or len(owners) > 1
        if many or _speak_of_different_things(named):
            for group in groups:  # a number that many share names none of them
                group.codes = {other for other in group.codes if other.casefold() != code}
            return
        first = (named or groups)[0]
        for other in groups:
            if other is not first:
                first.absorb(other)
                self._same[other.key] = first.key


def host_of(website: str) -> str:
    """Return the host of a web address, lower case and without www; "" where there is none."""
    text = website.strip()
    address = text if "//" in text else f"//{text}"
    try:
        host = (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return ""
    return host.removeprefix("www.") if "." in host else ""


def own_mail_domains(text: str) -> set[str]:
    """Return the domains of the mail addresses in a cell that can be an organisation's own."""
    return {domain for domain in mail_domains(text) if is_official_domain(domain) or "." in domain}


def short_names_in(name: str) -> set[str]:
    """Return the acronyms that a name carries in brackets."""
    return set(acronyms(name))


def _speak_of_different_things(groups: list[Filed]) -> bool:
    return any(
        likeness(one.name, other.name) is Likeness.UNLIKE for one in groups for other in groups
    )


def _most_used(names: Counter[str]) -> str:
    return sorted(names, key=lambda name: (-names[name], name.isupper(), name))[0]
