"""What becomes of the organisations of a file: matched ones are filled in, the others are new."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from inventory.importing.filed import Filed, host_of
from inventory.importing.known import KnownAccount, KnownOrganisations
from inventory.importing.lines import Candidate, FieldChange, OrganisationLine, Question
from inventory.importing.matching import BY_ANSWER, Match, MatchOutcome, match
from inventory.importing.names import name_key
from inventory.importing.steps import NewOrganisation, OrganisationEdit, Reference
from inventory.language import _
from inventory.record import Organisation, field_named
from inventory.rows import as_stored
from inventory.safe_text import visible
from inventory.vocabulary import OrganisationKind

NEW = "new"
"""The answer that says an organisation of the file is none of the candidates."""

_FIELDS = ("code", "short_name", "website", "email_domain", "kind", "communications_unit")


class OrganisationPlans:
    """Decides on each organisation of a file once, and keeps what was decided."""

    def __init__(
        self,
        filed: Mapping[str, Filed],
        known: KnownOrganisations,
        accounts: Mapping[str, KnownAccount],
        answers: Mapping[str, str],
    ) -> None:
        self._filed, self._known = filed, known
        given = Counter(domain for group in filed.values() for domain in group.domains)
        self._shared = frozenset(domain for domain, count in given.items() if count > 1)
        self.matches = {
            key: self._match(group, accounts, answers.get(key)) for key, group in filed.items()
        }
        self._homes = {
            key: Reference(found.organisation_id, key if found.organisation_id is None else "")
            for key, found in self.matches.items()
        }
        self._shown_names: dict[str, str] = {}

    def reference(self, key: str) -> Reference | None:
        """Return the organisation that a group of the file stands for, None for no group.

        Two groups that stand for one organisation of the inventory give the same reference.
        """
        return self._homes.get(key)

    def name(self, key: str) -> str:
        """Return the name to show for a group of the file."""
        if key not in self._shown_names:
            row_id = self.matches[key].organisation_id
            own = self._known.by_id.get(row_id or 0)
            self._shown_names[key] = own.name if own else self._filed[key].name
        return self._shown_names[key]

    def is_taken_name(self, key: str) -> bool:
        """Say whether an organisation that could not be told has a name that stands already.

        Without an account of its own a second one of that name would only add to the doubt.
        """
        is_open = self.matches[key].outcome is MatchOutcome.AMBIGUOUS
        names = self._filed[key].all_names
        return is_open and any(self._known.by_name.get(name_key(name)) for name in names)

    def line(self, key: str, *, is_recorded: bool) -> OrganisationLine:
        """Return the line of one organisation, with what is added to it."""
        found, group = self.matches[key], self._filed[key]
        candidates = tuple(self._candidate(row_id) for row_id in found.candidates)
        edit, warnings = self.edit(key)
        changes = self._changes(found.organisation_id, edit) if edit else ()
        own = self._known.by_id.get(found.organisation_id or 0)
        if found.outcome is MatchOutcome.PROPOSED and own is not None:
            warnings = [_proposal(group.name, own.name, _(found.how)), *warnings]
        if found.outcome is MatchOutcome.AMBIGUOUS:
            warnings = [_ambiguity(group.name, candidates, is_recorded), *warnings]
        return OrganisationLine(
            key=key,
            name=group.name,
            outcome=found.outcome,
            organisation=own.uid if own else None,
            candidates=candidates,
            how=_(found.how) if found.how else "",
            changes=changes,
            warnings=tuple(warnings),
            is_recorded=is_recorded,
        )

    def question(self, key: str) -> Question | None:
        """Return what to ask about an organisation, None when there is nothing to ask."""
        found, name = self.matches[key], visible(self._filed[key].name)
        if found.outcome not in (MatchOutcome.AMBIGUOUS, MatchOutcome.PROPOSED):
            return None
        return Question(
            key,
            _("Which organisation is “{name}”?").format(name=name),
            tuple(self._candidate(row_id) for row_id in found.candidates),
        )

    def new(self, key: str) -> NewOrganisation:
        """Return the step that records a group of the file as a new organisation."""
        group = self._filed[key]
        in_malay, in_english = group.name_in("ms"), group.name_in("en")
        if not in_malay and not in_english:
            in_english = group.name
        values = {name: value for name in _FIELDS if (value := self._given(group, name))}
        values |= {"name_ms": in_malay, "name_en": in_english}
        held = {name_key(name) for name in (in_malay, in_english) if name}
        return NewOrganisation(
            key,
            group.name,
            {name: value for name, value in values.items() if value},
            _others(group, held),
            self._domains(group, None),
            self._parent(group, None),
        )

    def edit(self, key: str) -> tuple[OrganisationEdit | None, list[str]]:
        """Return what a file adds to a matched organisation (None: nothing), and its warnings."""
        row_id, group = self.matches[key].organisation_id, self._filed[key]
        if row_id is None:
            return None, self._disagreements(group)
        own = self._known.by_id[row_id]
        values, warnings = self._fills(own, group)
        warnings += self._about_parent(own, group)
        held = {name_key(name) for name in self._known.names_of[row_id]}
        held |= {name_key(str(values[name])) for name in ("name_ms", "name_en") if name in values}
        names, domains = _others(group, held), self._domains(group, row_id)
        parent = self._parent(group, row_id) if own.parent_id is None else None
        if not (values or names or domains or parent):
            return None, warnings
        return OrganisationEdit(row_id, own.version, values, names, domains, parent), warnings

    def _match(
        self, group: Filed, accounts: Mapping[str, KnownAccount], answer: str | None
    ) -> Match:
        if answer == NEW:
            return Match(MatchOutcome.NEW, None, (), BY_ANSWER)
        if answer in self._known.by_uid:
            return Match(MatchOutcome.MATCHED, self._known.by_uid[answer], (), BY_ANSWER)
        return match(group, self._known, accounts, self._shared)

    def _candidate(self, row_id: int) -> Candidate:
        own = self._known.by_id[row_id]
        return Candidate(own.uid, own.name)

    def _given(self, group: Filed, name: str) -> Any:
        """Return the one value that the file gives for a field, None for none or several."""
        values = _values_of(group, name)
        return values.pop() if len(values) == 1 else None

    def _disagreements(self, group: Filed) -> list[str]:
        several = [name for name in _FIELDS if len(_values_of(group, name)) > 1]
        if len({self.reference(key) for key in group.parents}) > 1:
            several.append("parent_id")
        return [
            _("The file gives several values for {field}; none was taken.").format(
                field=field_named(Organisation, name).label
            )
            for name in several
        ]

    def _fills(self, own: Organisation, group: Filed) -> tuple[dict[str, Any], list[str]]:
        values: dict[str, Any] = {}
        warnings = self._disagreements(group)
        names = {"name_ms": group.name_in("ms"), "name_en": _told(group, "en")}
        given = {name: self._given(group, name) for name in _FIELDS} | names
        for name, value in given.items():
            before = getattr(own, name)
            if not value or value is OrganisationKind.UNKNOWN:
                continue
            if not before or before is OrganisationKind.UNKNOWN:
                values[name] = value
            elif name not in names and not _agree(name, before, value, group):
                warnings.append(_difference(name, before, value))
        return values, warnings

    def _domains(self, group: Filed, row_id: int | None) -> tuple[str, ...]:
        """Return the hosts that the file tells to be this organisation's and nobody else's."""
        from inventory.platforms import default_table

        held = self._known.domains_of[row_id] if row_id is not None else set()
        site = self._known.by_id[row_id].website if row_id is not None else None
        return tuple(
            sorted(
                host
                for host in group.hosts - held - self._shared
                if (not site or host_of(site) == host)
                and not default_table().knows(host)
                and not self._known.by_domain.get(host, set()) - {row_id}
            )
        )

    def _parent(self, group: Filed, row_id: int | None) -> Reference | None:
        """Return what the file says an organisation stands under, None for nothing or several.

        Nothing is put under itself or under what stands below it.
        """
        above = {self.reference(key) for key in group.parents} - {None}
        if len(above) != 1:
            return None
        found = above.pop()
        if found is None or row_id is None or found.row_id is None:
            return found
        return None if row_id in self._known.line_of(found.row_id) else found

    def _about_parent(self, own: Organisation, group: Filed) -> list[str]:
        """Return the warning that the file puts an organisation elsewhere than it stands."""
        found = self._parent(group, own.id)
        if own.parent_id is None or found is None or found.row_id == own.parent_id:
            return []
        before = self._known.by_id[own.parent_id].name
        after = self.name(next(iter(group.parents)))
        return [_stands_under(before, after)]

    def _changes(self, row_id: int | None, edit: OrganisationEdit) -> tuple[FieldChange, ...]:
        own = self._known.by_id[row_id or 0]
        fields = [
            FieldChange(name, as_stored(getattr(own, name)), as_stored(value))
            for name, value in edit.values.items()
        ]
        fields += [FieldChange("name", None, name) for name in edit.names]
        fields += [FieldChange("domain", None, domain) for domain in edit.domains]
        if edit.parent is not None:
            parent = edit.parent
            known = self._known.by_id.get(parent.row_id or 0)
            name = known.name if known else self.name(parent.key)
            fields.append(FieldChange("parent", None, name))
        return tuple(fields)


def _values_of(group: Filed, name: str) -> set[Any]:
    if name == "kind":
        return {group.kind} - {OrganisationKind.UNKNOWN}
    if name == "email_domain":
        return set(group.mails)
    places = {
        "code": group.codes,
        "short_name": group.short_names,
        "website": group.websites,
        "communications_unit": group.units,
    }
    return set(places[name])


def _told(group: Filed, language: str) -> str | None:
    """Return a name only where its column or its words tell the language."""
    from inventory.importing.names import language_of

    name = group.name_in(language)
    return name if name and (name in group.names_en or language_of(name) == language) else None


def _others(group: Filed, held: set[str]) -> tuple[str, ...]:
    """Return the names of a group under which the organisation is not known yet, each once."""
    others: dict[str, str] = {}
    if group.is_body:
        return ()
    for name in group.all_names:
        if name_key(name) not in held:
            others.setdefault(name_key(name), name)
    return tuple(others.values())


def _agree(name: str, before: Any, value: Any, group: Filed) -> bool:
    if name == "kind":  # a kind told by the name alone is no contradiction
        return before == value or not group.kinds
    if name == "website":
        return host_of(str(before)) == host_of(str(value))
    return str(before).casefold() == str(value).casefold()


def _difference(name: str, before: Any, value: Any) -> str:
    return _("{field} differs: the inventory has “{before}”, the file “{after}”; kept.").format(
        field=field_named(Organisation, name).label,
        before=_shown(before),
        after=_shown(value),
    )


def _stands_under(before: str, after: str) -> str:
    return _("{field} differs: the inventory has “{before}”, the file “{after}”; kept.").format(
        field=field_named(Organisation, "parent_id").label,
        before=visible(before),
        after=visible(after),
    )


def _shown(value: Any) -> str:
    return value.label if isinstance(value, OrganisationKind) else visible(str(value))


def _proposal(name: str, own: str, how: str) -> str:
    return _("“{name}” is taken to be “{known}” ({how}). Say so if it is not.").format(
        name=visible(name), known=visible(own), how=how
    )


def _ambiguity(name: str, candidates: tuple[Candidate, ...], is_recorded: bool) -> str:
    if is_recorded:
        said = _("“{name}” may be one of: {candidates}. Without an answer it is recorded as new.")
    else:
        said = _("“{name}” may be one of: {candidates}. Without an answer it is left out.")
    return said.format(
        name=visible(name),
        candidates=", ".join(f"{visible(item.name)} ({item.uid})" for item in candidates),
    )
