"""What every test stands on: no trace of the developer's own settings, and English."""

import os
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from inventory import language

FOREIGN_PREFIXES = ("RASMI_", "TEXTUAL", "XDG_", "LC_")
OF_THE_RUNNER = ("TEXTUAL_SNAPSHOT_TEMPDIR",)  # where its workers put their pictures
FOREIGN_NAMES = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "COLORTERM", "COLUMNS", "LINES", "LANGUAGE")


def _forget_own_settings() -> None:
    """Drop what the developer's shell would tell the app, before anything of it is imported."""
    for name in list(os.environ):
        foreign = name.startswith(FOREIGN_PREFIXES) or name in FOREIGN_NAMES
        if foreign and name not in OF_THE_RUNNER:
            del os.environ[name]
    os.environ["LANG"] = "C.UTF-8"
    os.environ["TZ"] = "Asia/Kuala_Lumpur"
    time.tzset()  # the clock was read before


_forget_own_settings()

# Time is no criterion here: a busy machine must not fail a property.
_UNHURRIED = {"deadline": None, "database": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("ci", derandomize=True, max_examples=60, print_blob=True, **_UNHURRIED)
settings.register_profile("soak", max_examples=5000, print_blob=True, **_UNHURRIED)
settings.load_profile("ci")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--soak`, which runs the campaigns the ordinary run leaves out."""
    parser.addoption("--soak", action="store_true", help="run the tests marked soak")


def pytest_configure(config: pytest.Config) -> None:
    """Look at more examples in a soak run."""
    if config.getoption("--soak"):
        settings.load_profile("soak")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave soak tests out unless asked for; keep terminal tests on one worker."""
    left_out = pytest.mark.skip(reason="a soak test: `make soak` runs it")
    one_worker = pytest.mark.xdist_group("terminal")
    for item in items:
        if item.get_closest_marker("soak") and not config.getoption("--soak"):
            item.add_marker(left_out)
        if item.get_closest_marker("terminal"):
            item.add_marker(one_worker)


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Yield paths below one temporary folder, a new one each time."""
    base = tmp_path_factory.mktemp("homes")
    return (base / str(number) for number in count())


@pytest.fixture(autouse=True)
def own_home(homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test an empty home, where the app would keep its inventory and its settings."""
    home = next(homes)
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    return home


@pytest.fixture(autouse=True)
def english() -> None:
    """Speak English until a test says otherwise."""
    language.use(language.Language.ENGLISH)
