"""What a fresh machine builds from: the locks, the catalogues, and no trace of another machine."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from tests.source import ROOT, tracked_files

LOCKS = ("requirements.lock", "requirements-dev.lock")
MACHINE_PATH = re.compile(rb"(?<![\w.:~-])/(?:work|root|farm|home/\w+|Users/\w+)/")


def locked(name: str) -> dict[str, tuple[str, int]]:
    """Return what a lock holds: each distribution with its version and its number of hashes."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    found: dict[str, tuple[str, int]] = {}
    for line in text.splitlines():
        match = re.fullmatch(
            r"([a-z0-9-]+)==([\w.]+)(?: ; [^:]*?)?((?:\s+--hash=sha256:[0-9a-f]{64})+)\s*", line
        )
        assert match, f"{name} holds something that is no version with hashes: {line[:80]}"
        found[match[1]] = (match[2], match[3].count("--hash"))
    return found


def required(extras: tuple[str, ...]) -> set[str]:
    """Return the distributions `pyproject.toml` asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"]]
    for extra in extras:
        asked += project["optional-dependencies"][extra]
    return {re.split(r"[^\w-]", requirement)[0].lower() for requirement in asked}


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_versions_and_hashes_and_no_address(name: str) -> None:
    """Where packages come from is each machine's own business."""
    assert "://" not in (ROOT / name).read_text(encoding="utf-8")
    assert all(hashes for _, hashes in locked(name).values())


def test_the_locks_hold_what_the_project_asks_for() -> None:
    """Nothing that is asked for is left unlocked."""
    assert required(("build",)) <= set(locked(LOCKS[0]))
    assert required(("build", "dev")) <= set(locked(LOCKS[1]))


def test_the_locks_agree() -> None:
    """What runs is what was tested: one version of each distribution in both locks."""
    run, test = (locked(name) for name in LOCKS)
    assert {name: test.get(name) for name in run} == run


def test_compiled_wheels_are_locked_for_linux() -> None:
    """The one compiled dependency has hashes for more than one platform."""
    assert locked(LOCKS[0])["lxml"][1] > 10


def test_the_catalogues_are_up_to_date() -> None:
    """The template and the Malay catalogue hold the code's messages; the `.mo` is the `.po`."""
    check = [sys.executable, str(ROOT / "scripts" / "catalogues.py"), "--check"]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def fields(text: str) -> set[str]:
    """Return the names `text.format()` would ask for."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_translations_ask_for_the_same_fields() -> None:
    """A message formatted in Malay finds the values its English asks for, and no others."""
    with (ROOT / "inventory/locale/ms/LC_MESSAGES/rasmi.po").open("rb") as file:
        messages = [message for message in read_po(file, locale="ms") if message.id]
    for message in messages:
        english = message.id if isinstance(message.id, tuple) else (message.id,)
        malay = message.string if isinstance(message.string, tuple) else (message.string,)
        asked = fields(english[-1])
        assert all(fields(text) == asked for text in malay if text), message.id


def project_files() -> list[Path]:
    """Return the project's files, or skip where git cannot name them."""
    try:
        return tracked_files()
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("git cannot list the project's files here, so they were not searched")


def test_no_file_names_a_path_of_a_machine() -> None:
    """No file points into somebody's own folders."""
    named = [
        f"{path.relative_to(ROOT)}: {match[0].decode()}"
        for path in project_files()
        for match in MACHINE_PATH.finditer(path.read_bytes())
    ]
    assert not named, "\n".join(named)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (b"path = '/wo" + b"rk/main/x'", True),
        (b"(/ro" + b"ot/.cache)", True),
        (b"file:///fa" + b"rm/x", True),
        (b"https://example.com/home/me/plans", False),
        (b"tests/home/me/here", False),
        (b"~/home/me/here", False),
    ],
)
def test_a_path_of_a_machine_is_seen(line: bytes, found: bool) -> None:
    """Absolute folders are found, addresses and relative paths are not."""
    assert bool(MACHINE_PATH.search(line)) is found


def test_the_scripts_can_be_run() -> None:
    """What `make` and the build server call is executable, and bash accepts it."""
    scripts = [ROOT / ".ci" / "run", *sorted((ROOT / "scripts").glob("*.sh"))]
    for script in scripts:
        assert script.stat().st_mode & 0o111, f"{script.name} is not executable"
        subprocess.run(["bash", "-n", str(script)], check=True)
