"""Changing the search of findings: terms put in and taken out, and how a word can go on."""

from audits.findings_search import FIELD_WORDS, OWN_WORDS, STATES, GroupedBy
from audits.rules import Severity
from audits.runs import Delta
from inventory.language import _
from tui.completion import completions as account_completions

FIELD_OF = {
    GroupedBy.SEVERITY: "severity",
    GroupedBy.RULE: "rule",
    GroupedBy.ORGANISATION: "org",
}
"""The field that narrows to one group."""


def without(text: str, field: str) -> str:
    """Return a search without its terms of a field."""
    return " ".join(word for word in text.split() if not word.lower().startswith(f"{field}:"))


def with_term(text: str, term: str) -> str:
    """Return a search with `term` as the only one of its field; without it if it was there."""
    field = term.partition(":")[0]
    rest = without(text, field)
    if term in text.split():
        return rest
    return f"{rest} {term}".strip()


def only_open(text: str) -> bool:
    """Say whether a search can find open findings only."""
    fields = {word.removeprefix("!").partition(":")[0].lower() for word in text.split()}
    return not fields & {"state", "delta", "run", "number"} and "f-" not in text.lower()


def completions(text: str) -> list[str]:
    """Return what the last word of `text` can become."""
    word = text.rpartition(" ")[2]
    sign = "!" if word.startswith("!") else ""
    name, colon, value = word.removeprefix("!").partition(":")
    if not colon:
        return [f"{sign}{known}:" for known in FIELD_WORDS if name and known.startswith(name)]
    if name.lower() not in OWN_WORDS:
        return account_completions(text)
    kept, comma, last = value.rpartition(",")
    before = f"{sign}{name}:{kept}{comma}"
    return [f"{before}{known}" for known in _values(name) if known.startswith(last)]


def completed(text: str) -> str:
    """Return `text` with its last word carried on as far as all its completions agree."""
    found = completions(text)
    if not found:
        return text
    start = text.rpartition(" ")[0]
    shared = _shared_beginning(found)
    end = " " if len(found) == 1 and not shared.endswith(":") else ""
    return f"{start} {shared}{end}".lstrip()


def explanation() -> str:
    """Say in a line what a search of findings can hold."""
    return _("words, or {examples} — Tab completes, ! turns around").format(
        examples="severity:high rule:OFF001 delta:new ministry:… state:any"
    )


def _values(name: str) -> list[str]:
    from audits.explanation import core_policy

    return {
        "severity": [one.value for one in Severity],
        "state": list(STATES),
        "delta": [one.value for one in Delta],
        "rule": list(core_policy().by_code),
    }.get(name.lower(), [])


def _shared_beginning(words: list[str]) -> str:
    first, last = min(words), max(words)
    same = next((at for at, char in enumerate(first) if last[at : at + 1] != char), len(first))
    return first[:same]
