"""Reading a policy: a folder of TOML files, refused whole when any rule of it cannot be trusted."""

import hashlib
import sqlite3
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from audits.engine import ExpressionRefused, bench, facts_read, judge
from audits.fact_vocabulary import FactKind, FactValue, facts
from audits.rules import (
    Case,
    Clause,
    Obligation,
    Policy,
    Rule,
    Severity,
    Source,
    Status,
    Workdays,
)
from audits.words import Incomplete, words_from
from inventory.language import _
from inventory.safe_text import visible

POLICIES = Path(__file__).with_name("policies")
_HEAD = "policy.toml"
_KEYS = frozenset(
    {"title", "severity", "obligation", "clause", "subject", "applies", "fails", "passes", "actual"}
    | {"expected", "params", "remedy", "reasons", "never", "given", "cases"}
)
_SUBJECTS = ("account",)
_JUDGEMENTS = (Status.PASS, Status.FAIL, Status.NOT_APPLICABLE, Status.NOT_ASSESSED)

Table = Mapping[str, Any]


class PolicyRefused(Exception):
    """A policy cannot be used; the message is one sentence for people that names rule and fault."""


def load_policy(name: str | Path = "core", *, judge_cases: bool = False) -> Policy:
    """Return the policy of a folder: a shipped one by its code, or any by its path.

    `judge_cases` also evaluates every case of every rule. Raises PolicyRefused for an unknown fact,
    an expression that is more than a comparison, a missing language, clause or case, and with
    `judge_cases` for a case that does not come out as it says.
    """
    folder = name if isinstance(name, Path) else POLICIES / name
    head, tables, digest = _read(folder)
    with _naming(_HEAD):
        policy = _policy(head, digest)
        clauses = _clauses(head, {source.code: source for source in policy.sources})
    with closing(bench()) as connection:
        rules = []
        for code, table in tables.items():
            with _naming(code):
                rules.append(_rule(connection, code, table, policy, clauses))
        if judge_cases:
            for rule in rules:
                with _naming(rule.code):
                    _judge_cases(connection, rule, policy.cases_on)
    return replace(policy, rules=tuple(rules))


def _read(folder: Path) -> tuple[Table, dict[str, Table], str]:
    hashed = hashlib.sha256()
    head: Table = {}
    tables: dict[str, Table] = {}
    paths = sorted(folder.glob("*.toml"))
    if folder / _HEAD not in paths:
        raise PolicyRefused(_("There is no policy in {path}.").format(path=visible(str(folder))))
    for path in paths:
        content = path.read_bytes()
        hashed.update(f"{path.name}\0{len(content)}\0".encode() + content)
        with _naming(path.name):
            held = tomllib.loads(content.decode())
            if path.name == _HEAD:
                head = held
                continue
            if twice := held.keys() & tables.keys():
                raise _Fault(f"{min(twice)} is in two files")
            tables.update(held)
    return head, dict(sorted(tables.items(), key=_order)), hashed.hexdigest()


def _order(item: tuple[str, Table]) -> tuple[int, str]:
    families = ("OFF", "COV", "VER", "MON", "OWN", "SEC", "DSP", "CON", "GOV", "PRV", "DAT")
    family = item[0][:3]
    return (families.index(family) if family in families else len(families), item[0])


class _Fault(Exception):
    """What is wrong, without saying where."""


@contextmanager
def _naming(where: str) -> Iterator[None]:
    try:
        yield
    except (_Fault, ExpressionRefused) as fault:
        why = str(fault)
    except Incomplete as fault:
        why = f"a text lacks {fault}"
    except KeyError as fault:
        why = f"{fault} is missing or not known"
    except (ValueError, TypeError, UnicodeDecodeError) as fault:
        why = str(fault)
    else:
        return
    raise PolicyRefused(
        _("The policy is refused. {where}: {why}.").format(where=visible(where), why=visible(why))
    )


def _policy(head: Table, digest: str) -> Policy:
    days = head["workdays"]
    cases_on = head["cases_on"]
    if not isinstance(cases_on, date):
        raise _Fault("cases_on is not a date")
    return Policy(
        code=str(head["code"]),
        version=str(head["version"]),
        title=words_from(head["title"]),
        digest=digest,
        cases_on=cases_on.toordinal(),
        params=dict(head.get("params", {})),
        workdays=Workdays(
            frozenset(days["weekend"]),
            {name: frozenset(weekend) for name, weekend in days.get("states", {}).items()},
            int(days["report_within"]),
        ),
        sources=tuple(
            Source(code, words_from(held["title"]), str(held["date"]), words_from(held["binds"]))
            for code, held in head["sources"].items()
        ),
        reasons={code: words_from(text) for code, text in head["reasons"].items()},
        rules=(),
    )


def _clauses(head: Table, sources: Mapping[str, Source]) -> Mapping[str, Clause]:
    return {
        name: Clause(name, sources[name.partition(":")[0]], words_from(text))
        for name, text in head["clauses"].items()
    }


def _rule(
    connection: sqlite3.Connection,
    code: str,
    table: Table,
    policy: Policy,
    clauses: Mapping[str, Clause],
) -> Rule:
    if stray := table.keys() - _KEYS:
        raise _Fault(f"{min(stray)!r} is no part of a rule")
    if not (len(code) == 6 and code[:3].isupper() and code[3:].isdigit()):
        raise _Fault("its code is not three letters and three digits")
    if table["subject"] not in _SUBJECTS:
        raise _Fault(f"its subject {table['subject']!r} is not known")
    params = {**policy.params, **table.get("params", {})}

    def reads(expression: str) -> frozenset[str]:
        return facts_read(connection, expression, params)

    rule = Rule(
        code=code,
        title=words_from(table["title"]),
        severity=Severity(table["severity"]),
        obligation=Obligation(table["obligation"]),
        clauses=tuple(clauses[name] for name in table["clause"]),
        subject=table["subject"],
        applies=table["applies"],
        fails=table["fails"],
        passes=table["passes"],
        reasons=_reasons(table, policy, reads),
        actual=tuple(_known(name) for name in table["actual"]),
        expected=words_from(table["expected"]).filled(**params),
        remedy=words_from(table["remedy"]),
        params=params,
        never=frozenset(Status(name) for name in table.get("never", ())),
        cases=tuple(_case(case, table.get("given", {})) for case in table["cases"]),
        applies_facts=reads(table["applies"]),
        judged_facts=reads(table["fails"]) | reads(table["passes"]),
    )
    if not rule.clauses:
        raise _Fault("it names no clause")
    _lacks_no_case(rule)
    return rule


def _reasons(
    table: Table, policy: Policy, reads: Callable[[str], frozenset[str]]
) -> tuple[tuple[str, str], ...]:
    reasons = tuple((str(code), str(test)) for code, test in table.get("reasons", ()))
    for code, test in reasons:
        if code not in policy.reasons or not code.replace("_", "").isalnum():
            raise _Fault(f"its reason {code!r} has no words")
        reads(test)
    return reasons


def _known(name: str) -> str:
    if name not in facts():
        raise _Fault(f"there is no fact called {name!r}")
    return name


def _case(table: Table, given: Table) -> Case:
    held = {**given, **table}
    status, reason = Status(held.pop("is")), held.pop("why", None)
    return Case(status, reason, {name: _fact_value(name, value) for name, value in held.items()})


def _fact_value(name: str, value: FactValue) -> FactValue:
    # "" takes a given fact back to unknown; for codes it is a value of its own: none found.
    lists = (FactKind.CODES, FactKind.LINES)
    return None if value == "" and facts()[_known(name)].kind not in lists else value


def _lacks_no_case(rule: Rule) -> None:
    has = {case.status for case in rule.cases}
    for status in _JUDGEMENTS:
        if status not in has and status not in rule.never:
            raise _Fault(f"it has no case for {status.value}")
        if status in has and status in rule.never:
            raise _Fault(f"it has a case for {status.value}, which it says it never gives")


def _judge_cases(connection: sqlite3.Connection, rule: Rule, today: int) -> None:
    for number, case in enumerate(rule.cases, 1):
        status, reason = judge(connection, rule, dated(case.facts, today), today)
        if status is not case.status:
            raise _Fault(f"case {number} should be {case.status.value} and is {status.value}")
        if case.reason not in (None, reason or "unknown"):
            raise _Fault(f"case {number} should give {case.reason!r} and gives {reason!r}")


def dated(values: Mapping[str, FactValue], today: int) -> dict[str, FactValue]:
    """Return the facts of a case with its days, counted from `today`, as day numbers."""
    return {
        name: today + value
        if facts()[name].kind is FactKind.DAY and isinstance(value, int)
        else value
        for name, value in values.items()
    }
