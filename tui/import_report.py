"""The plan of an import as lines for a terminal: what is alike is said once, with its rows.

Thousands of lines that share a reason or a warning are one entry with a count and the first rows;
`--json` lists every one of them.
"""

import shlex
import shutil
import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby

from inventory.importing.apply import Applied
from inventory.importing.lines import Line, Outcome
from inventory.importing.mapped import ColumnMapping
from inventory.importing.plan import Plan
from inventory.importing.targets import Part
from inventory.language import _, plural
from inventory.safe_text import visible
from tui.printer import width

_NARROW, _WIDE = 60, 110
_ENTRIES = 30
_EXAMPLES = 3
_CHANGED = 10
_ROWS = 6
_UNDER = " " * 11
_HEADER = 30
_OUT = (Part.IGNORE, Part.NONE, Part.PRIVATE)


def report(plan: Plan) -> Iterator[str]:
    """Yield the lines that tell people what an import would do; nothing in them is dangerous."""
    table = plan.request.table
    source = _("source “{name}”").format(name=plan.request.source)
    yield from _wrapped("  ·  ".join(filter(None, (table.name, table.detail, source))), "")
    yield ""
    yield from _meanings(plan.request.mapping.columns)
    yield ""
    yield from _counts(plan)
    yield from _whole_file(plan)
    yield from _changes([line for line in plan.lines if line.outcome is Outcome.CHANGED])
    yield from _stopped([line for line in plan.lines if line.reason])
    yield from _warned(plan.lines)
    yield from _questions(plan)
    yield ""


def taken_in(applied: Applied) -> str:
    """Return the sentence that says what was done, and how to take it back."""
    return _(
        "Taken in as change {seq}: {added} accounts added, {changed} changed,"
        " {organisations} organisations added. `rasmi undo` takes it back."
    ).format(
        seq=applied.seq,
        added=f"{applied.accounts_added:,}",
        changed=f"{applied.accounts_changed:,}",
        organisations=f"{applied.organisations_added:,}",
    )


def _meanings(columns: Sequence[ColumnMapping]) -> Iterator[str]:
    """Yield the columns that are read, aligned; then those that are not, in a line for each why."""
    read = [column for column in columns if column.target.part not in _OUT]
    names = [_cut(_plain(column.header) or "–", _HEADER) for column in read]
    wide = max(map(width, names), default=0)
    for name, column in zip(names, read, strict=True):
        how = "  " + _("(by its cells)") if column.how == "content" else ""
        yield f"  {name}{' ' * (wide - width(name))} → {column.target.label}{how}"
    left = sorted(
        (column for column in columns if column.target.part in _OUT),
        key=lambda column: _OUT.index(column.target.part),
    )
    for label, alike in groupby(left, lambda column: column.target.label):
        yield from _wrapped(f"{label}: {', '.join(_plain(one.header) for one in alike)}", "  ")


def _counts(plan: Plan) -> Iterator[str]:
    yield _("{rows} rows, {links} links").format(rows=f"{plan.rows:,}", links=f"{plan.links:,}")
    counted = [(count, outcome.label) for outcome, count in plan.counts.items()]
    counted.append((plan.rows_without_links, _("rows without a link")))
    counted.append((plan.organisations_new, _("new organisations")))
    yield from (f"  {count:>8,}  {label}" for count, label in counted if count)


def _whole_file(plan: Plan) -> Iterator[str]:
    said = list(plan.warnings)
    said += [warning for line in plan.organisations for warning in line.warnings]
    if not said:
        return
    yield from _title(_("About the list"))
    for warning in said[:_ENTRIES]:
        yield from _wrapped(warning, "  ! ")
    yield from _more(len(said) - _ENTRIES, "  ")


def _changes(lines: Sequence[Line]) -> Iterator[str]:
    if not lines:
        return
    yield from _title(_("Changed"))
    for line in lines[:_CHANGED]:
        yield _example(line, "  ")
        for change in line.changes:
            before = "–" if change.before is None else _plain(str(change.before))
            after = "–" if change.after is None else _plain(str(change.after))
            yield from _wrapped(f"{change.field}: {before} → {after}", "      ")
    yield from _more(len(lines) - _CHANGED, "  ")


def _stopped(lines: Sequence[Line]) -> Iterator[str]:
    """Yield what was not taken: each outcome, reason and remedy once, with its first lines."""
    lines = [line for line in lines if line.outcome is not Outcome.DUPLICATE]
    groups: dict[tuple[Outcome, str, str], list[Line]] = {}
    for line in lines:
        groups.setdefault((line.outcome, line.reason, line.remedy), []).append(line)
    order = sorted(groups, key=lambda group: (list(Outcome).index(group[0]), -len(groups[group])))
    said = None
    for group in order[:_ENTRIES]:
        outcome, reason, remedy = group
        if outcome is not said:
            yield from _title(outcome.label[:1].upper() + outcome.label[1:])
            said = outcome
        alike = groups[group]
        yield from _wrapped(_sentence(reason), f"  {len(alike):>6,} × ")
        if remedy:
            yield from _wrapped(remedy, "         → ")
        yield from (_example(line, _UNDER) for line in alike[:_EXAMPLES])
        yield from _more(len(alike) - _EXAMPLES, _UNDER)
    yield from _more(len(order) - _ENTRIES, "  ")


def _warned(lines: Sequence[Line]) -> Iterator[str]:
    """Yield each warning of lines once, with how many bear it and their first rows."""
    groups: dict[str, list[int]] = {}
    for line in lines:
        for warning in dict.fromkeys(line.warnings):
            groups.setdefault(warning, []).append(line.row)
    if not groups:
        return
    yield from _title(_("Warnings"))
    order = sorted(groups, key=lambda warning: -len(groups[warning]))
    for warning in order[:_ENTRIES]:
        rows = list(dict.fromkeys(groups[warning]))
        named = ", ".join(map(str, rows[:_ROWS])) + (", …" if len(rows) > _ROWS else "")
        yield from _wrapped(warning, f"  {len(groups[warning]):>6,} × ")
        yield from _wrapped(
            plural("row {rows}", "rows {rows}", len(rows)).format(rows=named), _UNDER
        )
    yield from _more(len(order) - _ENTRIES, "  ")


def _questions(plan: Plan) -> Iterator[str]:
    if not plan.questions:
        return
    yield from _title(_("Questions"))
    for question in plan.questions[:_ENTRIES]:
        yield from _wrapped(question.sentence, "  ? ")
        for candidate in question.candidates:
            answer = shlex.quote(f"{question.key}={candidate.uid}")
            yield f"      --answer {visible(answer)}   {_plain(candidate.name)}"
    yield from _more(len(plan.questions) - _ENTRIES, "  ")


def _example(line: Line, indent: str) -> str:
    where = _("row {row}, {column}").format(row=line.row, column=_cut(_plain(line.column), _HEADER))
    said = f"{indent}{where}: "
    return said + _cut(_plain(line.value), max(20, _columns() - width(said)))


def _title(text: str) -> Iterator[str]:
    yield ""
    yield text


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _more(count: int, indent: str) -> Iterator[str]:
    if count > 0:
        said = _("… and {count} more; --json lists them all.").format(count=f"{count:,}")
        yield f"{indent}{said}"


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        _plain(text),
        _columns(),
        initial_indent=indent,
        subsequent_indent=" " * len(indent),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _plain(text: str) -> str:
    return visible(" ".join(text.split()))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _columns() -> int:
    return min(_WIDE, max(_NARROW, shutil.get_terminal_size((80, 24)).columns))
