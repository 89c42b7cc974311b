"""What has to start at once loads nothing heavy: looked up in a fresh interpreter."""

import importlib.util
import subprocess
import sys

import pytest

from tests.source import modules

HEAVY = ("textual", "rich", "openpyxl", "lxml", "httpx", "sqlite_utils", "python_calamine", "babel")

# Imported by every verb of the command line, or by many of them.
LIGHT_MODULES = (
    "inventory.identity",
    "inventory.language",
    "inventory.safe_text",
    "inventory.store",
    "tui.cli",
)
# Every module of these rooms is light as well, but for those imported only where they are used.
LIGHT_ROOMS = ("inventory", "audits")
ON_DEMAND = ("audits.probes.", "inventory.importing.xlsx", "inventory.migrations")
# Verbs that need no screen, file or network.
LIGHT_VERBS = (
    ("--help",),
    ("--version",),
    ("identify", "--json", "https://www.facebook.com/KementerianContoh"),
    ("rules", "--json"),
)
# Still to be written; only these may be missing.
AWAITED: frozenset[str] = frozenset()


def heavy_imports(code: str, *arguments: str) -> set[str]:
    """Run `code` in a fresh interpreter and return the heavy libraries it loaded."""
    report = (
        "import atexit, os, sys\n"
        f"heavy = {HEAVY!r}\n"
        "loaded = lambda: ' '.join(name for name in heavy if name in sys.modules)\n"
        "atexit.register(lambda: os.write(2, f'\\nloaded: {loaded()}\\n'.encode()))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", report + code, *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    last = run.stderr.rstrip("\n").rpartition("\n")[2]
    assert last.startswith("loaded:"), run.stderr
    assert "Traceback" not in run.stderr, run.stderr
    return set(last.split()[1:])


def require(module: str) -> None:
    """Skip while `module` is awaited; fail when it is missing for any other reason."""
    package = module.rpartition(".")[0]
    present = importlib.util.find_spec(package) and importlib.util.find_spec(module)
    if not present and module in AWAITED:
        pytest.skip(f"{module} is still to be written")
    assert present, f"{module} is gone: take it off the list, or put back what was light"


@pytest.mark.parametrize("module", LIGHT_MODULES)
def test_importing_it_loads_nothing_heavy(module: str) -> None:
    """The module can be imported without a screen, a workbook or the network."""
    require(module)
    assert heavy_imports(f"import {module}") == set()


@pytest.mark.parametrize("room", LIGHT_ROOMS)
def test_a_whole_room_loads_nothing_heavy(room: str) -> None:
    """The modules of the lower rooms import their libraries inside the functions that use them."""
    names = [
        module.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for module in modules()
        if module.room == room
    ]
    light = [name for name in names if not name.startswith(ON_DEMAND)]
    code = (
        "import importlib\n"
        f"for name in {light!r}:\n"
        "    importlib.import_module(name)\n"
        "    assert not loaded(), f'Traceback: {name} loads {loaded()}'\n"
    )
    assert heavy_imports(code) == set()


@pytest.mark.parametrize("verb", LIGHT_VERBS, ids=" ".join)
def test_a_verb_without_a_screen_loads_nothing_heavy(verb: tuple[str, ...]) -> None:
    """The command line answers without loading what it does not use."""
    require("tui.cli")
    assert heavy_imports("from tui.cli import main\nsys.exit(main())", *verb) == set()


@pytest.mark.parametrize("library", ["textual", "openpyxl", "httpx"])
def test_a_heavy_import_is_seen(library: str) -> None:
    """The report does name what was loaded, also inside a function."""
    code = f"def late():\n    import {library}\nlate()"
    assert library in heavy_imports(code)
