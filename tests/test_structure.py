"""The plan of the house, held against the source: where things stand and how large they grow."""

import ast
import re
from collections.abc import Callable, Iterator

import pytest

from tests.source import ROOMS, ROOT, Module, called_name, docstrings, imports, modules, parsed

# Storage: the only modules that may speak SQL. A new one needs one line here.
STORAGE = frozenset(
    {
        "inventory/change.py",
        "inventory/checks.py",
        "inventory/importing/known.py",
        "inventory/log.py",
        "inventory/migrations.py",
        "inventory/organisations.py",
        "inventory/reading.py",
        "inventory/schema.py",
        "inventory/search.py",
        "inventory/search_text.py",
        "inventory/snapshot.py",
        "inventory/store.py",
        "inventory/undo.py",
        "audits/account_rows.py",
        "audits/by_hand.py",
        "audits/damaged.py",
        "audits/engine.py",
        "audits/fact_queries.py",
        "audits/facts.py",
        "audits/figures.py",
        "audits/finding_counts.py",
        "audits/finding_deltas.py",
        "audits/finding_history.py",
        "audits/findings.py",
        "audits/findings_search.py",
        "audits/ledger.py",
        "audits/probes/check_ledger.py",
        "audits/probes/check_outcomes.py",
        "audits/probes/targets.py",
        "audits/probes/gaps.py",
        "audits/probes/leads.py",
        "audits/probes/proof_material.py",
        "audits/seminar.py",
        "audits/settlement.py",
    }
)

# Libraries with a home: the module paths that may import them, by prefix.
HOMES = {
    "textual": ("tui/",),
    "rich": ("tui/",),
    "httpx": ("audits/probes/",),
    "openpyxl": ("exports/", "inventory/importing/"),
    "requests": (),
    "urllib.request": (),
}

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "manager", "misc", "common"}

SQL = re.compile(
    r"\b(?:SELECT\s.*\bFROM\b|SELECT\s+[\w(*?:]|INSERT\s+(?:OR\s+\w+\s+)?INTO\b|REPLACE\s+INTO\b"
    r"|UPDATE\s+\S+\s+SET\b|DELETE\s+FROM\b|PRAGMA\s+\w|VACUUM\s+INTO\b|ATTACH\s+DATABASE\b"
    r"|CREATE\s+(?:TEMP\w*\s+|UNIQUE\s+|VIRTUAL\s+)?(?:TABLE|INDEX|VIEW|TRIGGER)\b"
    r"|ALTER\s+TABLE\b|DROP\s+(?:TABLE|INDEX|VIEW|TRIGGER)\b)"
    r"|^\s*(?:BEGIN|BEGIN IMMEDIATE|COMMIT|ROLLBACK|VACUUM)\s*;?\s*$",
    re.DOTALL,
)


def arrows(module: Module) -> Iterator[str]:
    """A room imports only itself and the rooms below it."""
    allowed = ROOMS[: ROOMS.index(module.room) + 1]
    for node, name in imports(module):
        top = name.split(".")[0]
        if top in ROOMS and top not in allowed:
            yield f"{module.at(node)} {module.room} may not import {name}"


def homes(module: Module) -> Iterator[str]:
    """A library with a home is imported only there."""
    for node, name in imports(module):
        for library, prefixes in HOMES.items():
            if f"{name}.".startswith(f"{library}.") and not module.path.startswith(prefixes):
                yield f"{module.at(node)} imports {name}"


def file_length(module: Module) -> Iterator[str]:
    """A file stays readable in one go."""
    lines = len(module.text.splitlines())
    if lines > LONGEST_FILE:
        yield f"{module.path} has {lines} lines, {LONGEST_FILE} is the limit"


def function_length(module: Module) -> Iterator[str]:
    """A function fits on a screen."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield f"{module.at(node)} {node.name} has {lines} lines"


def file_names(module: Module) -> Iterator[str]:
    """A file's name says its subject."""
    parts = module.path.removesuffix(".py").split("/")
    if NAMES_THAT_SAY_NOTHING.intersection(word for part in parts for word in part.split("_")):
        yield f"{module.path} has a name that says nothing"


def sql(module: Module) -> Iterator[str]:
    """SQL stands in the storage modules only, and only they run it."""
    if module.path in STORAGE:
        return
    ignored = docstrings(module.tree)
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if id(node) not in ignored and SQL.search(node.value):
                yield f"{module.at(node)} speaks SQL outside storage: {node.value[:50]!r}"
        elif isinstance(node, ast.Call) and called_name(node) in {"executemany", "executescript"}:
            yield f"{module.at(node)} runs SQL outside storage"


def certificates(module: Module) -> Iterator[str]:
    """Certificates are always verified."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.keyword) and node.arg in {"verify", "check_hostname"}:
            if isinstance(node.value, ast.Constant) and not node.value.value:
                yield f"{module.at(node.value)} turns certificate checks off"
        elif isinstance(node, ast.Attribute | ast.Name):
            name = node.attr if isinstance(node, ast.Attribute) else node.id
            if name in {"CERT_NONE", "_create_unverified_context"}:
                yield f"{module.at(node)} turns certificate checks off"


def swallowed(module: Module) -> Iterator[str]:
    """No error of unknown kind is dropped unseen."""
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.ExceptHandler):
            continue
        caught = ast.unparse(node.type) if node.type else "everything"
        idle = all(
            isinstance(step, ast.Pass | ast.Continue)
            or (isinstance(step, ast.Expr) and isinstance(step.value, ast.Constant))
            for step in node.body
        )
        if not node.type or (idle and re.search(r"\b(Base)?Exception\b", caught)):
            yield f"{module.at(node)} drops {caught}"


def messages(module: Module) -> Iterator[str]:
    """What is handed to gettext is a whole message, so that it can be found and translated.

    `N_()` and `plural()` get literals. `_()` may also look up a literal that `N_()` marked
    elsewhere, but it never gets a text that was put together on the way.
    """
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Call) or called_name(node) not in {"_", "N_", "plural"}:
            continue
        handed = node.args[:2] if called_name(node) == "plural" else node.args[:1]
        for argument in handed:
            literal = isinstance(argument, ast.Constant)
            if put_together(argument) or not (literal or called_name(node) == "_"):
                yield f"{module.at(node)} {ast.unparse(node)[:60]} is not a plain literal"


def put_together(text: ast.expr) -> bool:
    """Say whether `text` is an f-string, a sum, or something formatted, joined or recased."""
    if isinstance(text, ast.Call):
        return called_name(text) in {"format", "join", "replace", "lower", "upper", "title", "str"}
    return isinstance(text, ast.JoinedStr | ast.BinOp)


Check = Callable[[Module], Iterator[str]]
CHECKS: tuple[Check, ...] = (
    arrows,
    homes,
    file_length,
    function_length,
    file_names,
    sql,
    certificates,
    swallowed,
    messages,
)

# For each check: a module that breaks it, and the nearest one that does not.
SAMPLES: dict[Check, tuple[tuple[str, str], tuple[str, str]]] = {
    arrows: (
        ("inventory/a.py", "def f():\n    from audits.facts import x"),
        ("audits/a.py", "from inventory import store"),
    ),
    homes: (
        ("exports/a.py", "from textual.widget import Widget"),
        ("exports/a.py", "import openpyxl.styles"),
    ),
    file_length: (
        ("tui/a.py", "x = 1\n" * (LONGEST_FILE + 1)),
        ("tui/a.py", "x = 1\n" * LONGEST_FILE),
    ),
    function_length: (
        ("tui/a.py", "def f():\n" + "    x = 1\n" * LONGEST_FUNCTION),
        ("tui/a.py", "def f():\n" + "    x = 1\n" * (LONGEST_FUNCTION - 1)),
    ),
    file_names: (("tui/date_utils.py", ""), ("tui/dates.py", "")),
    sql: (
        ("tui/a.py", "q = f'SELECT id FROM account WHERE {x}'"),
        ("tui/a.py", "'''SELECT id FROM account'''\nq = 'Select one from the list'"),
    ),
    certificates: (
        ("audits/a.py", "Client(verify=False)"),
        ("audits/a.py", "Client(verify=context)"),
    ),
    swallowed: (
        ("audits/a.py", "try:\n    f()\nexcept Exception:\n    pass"),
        ("audits/a.py", "try:\n    f()\nexcept Exception:\n    note()\n    raise"),
    ),
    messages: (
        ("tui/a.py", "_(f'{n} accounts')"),
        ("tui/a.py", "_('{n} accounts').format(n=n)"),
    ),
}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_house_keeps_its_plan(check: Check) -> None:
    """Every module of the four packages passes every check."""
    found = [finding for module in modules() for finding in check(module)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_each_check_sees_what_it_is_for(check: Check) -> None:
    """Every check finds its own bad sample and leaves the good one alone."""
    bad, good = SAMPLES[check]
    assert list(check(parsed(*bad)))
    assert not list(check(parsed(*good)))


def test_the_list_of_storage_modules_is_no_longer_than_needed() -> None:
    """A module that is listed as storage does speak SQL."""
    speaking = {
        module.path
        for module in modules()
        if any(
            isinstance(node, ast.Constant) and SQL.search(str(node.value))
            for node in ast.walk(module.tree)
        )
    }
    present = {module.path for module in modules()}
    assert not (STORAGE & present) - speaking


def test_all_four_rooms_are_read() -> None:
    """The checks above look at files of each room."""
    assert {module.room for module in modules()} == set(ROOMS)


@pytest.mark.parametrize("module", sorted(STORAGE))
def test_storage_modules_exist(module):
    assert (ROOT / module).is_file(), "take it off the list"
