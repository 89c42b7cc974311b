"""Keys are found in three places, shown to nobody, and refused where others can read them."""

import copy
import json
import os
import pickle
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from audits.probes.keys import Key, Keys, KeysError, keys_file

VALUE = "kunci-rahsia-123"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "keys.toml"
    file.write_text(f'x = "{VALUE}"\nnumber = 5\nempty = ""\n')
    file.chmod(0o600)
    return file


def found(keys: Keys, name: str) -> str | None:
    key = keys.find(name)
    return key.reveal() if key else None


def test_a_key_from_the_environment(tmp_path: Path) -> None:
    keys = Keys({"RASMI_KEY_X": f" {VALUE}\n"}, tmp_path / "none.toml")
    assert found(keys, "x") == VALUE
    assert keys.find("youtube") is None


def test_a_key_from_the_file_wins_over_the_environment(file: Path) -> None:
    keys = Keys({"RASMI_KEY_X": "another", "RASMI_KEY_NUMBER": "from here"}, file)
    assert found(keys, "x") == VALUE
    assert found(keys, "number") == "from here"
    assert keys.find("empty") is None


def test_the_file_is_the_one_named_or_in_the_settings_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert keys_file({"RASMI_KEYS_FILE": "/etc/kunci.toml"}) == Path("/etc/kunci.toml")
    assert keys_file({}) == tmp_path / "rasmi" / "keys.toml"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660, 0o602, 0o610])
def test_a_file_others_can_read_is_refused_with_the_remedy(file: Path, mode: int) -> None:
    file.chmod(mode)
    with pytest.raises(KeysError, match="chmod 600") as caught:
        Keys({}, file).find("x")
    assert VALUE not in str(caught.value)


@pytest.mark.parametrize("content", [f'x = "{VALUE}', f"{VALUE}", "x = \udcff", f'x = {VALUE}"'])
def test_a_file_of_something_else_is_refused_without_quoting_it(file: Path, content: str) -> None:
    file.write_text(content, errors="surrogateescape")
    with pytest.raises(KeysError) as caught:
        Keys({}, file).find("x")
    assert VALUE not in str(caught.value)
    assert VALUE not in repr(caught.value.__cause__)


def test_a_folder_or_pipe_is_no_file_of_keys(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe", 0o600)
    for place in (tmp_path, tmp_path / "pipe"):
        with pytest.raises(KeysError):
            Keys({}, place).find("x")


@pytest.mark.parametrize("value", ["two\nlines", "kunci\r\nX: y", "k\x00", "kunçi"])
def test_a_key_that_could_break_out_of_its_header_is_refused(tmp_path: Path, value: str) -> None:
    with pytest.raises(KeysError) as caught:
        Keys({"RASMI_KEY_X": value}, tmp_path / "none.toml").find("x")
    assert value not in str(caught.value)


@pytest.mark.parametrize("name", ["", "X", "../x", "a b", "1x", "x" * 41])
def test_names_of_keys_are_plain(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="names of keys"):
        Keys({}, tmp_path / "none.toml").find(name)


def test_a_key_shows_its_name_only() -> None:
    key = Key("x", VALUE)
    shown = [repr(key), str(key), f"{key}", f"{key!r}", repr([key]), repr({"key": key})]
    assert shown[0] == "Key('x')"
    assert not any(VALUE in text for text in shown)
    assert not hasattr(key, "__dict__")


def test_a_key_cannot_be_written_down() -> None:
    key = Key("x", VALUE)
    with pytest.raises(TypeError):
        pickle.dumps(key)
    with pytest.raises(TypeError):
        copy.deepcopy(key)
    with pytest.raises(TypeError):
        json.dumps(key)


def _keyring(backend: object) -> ModuleType:
    module = ModuleType("keyring")
    module.get_keyring = lambda: backend  # type: ignore[attr-defined]
    return module


def _store(module: str, value: str | None = VALUE, error: Exception | None = None) -> object:
    def get_password(self: object, service: str, name: str) -> str | None:
        if error:
            raise error
        return value if (service, name) == ("rasmi", "x") else None

    return type("Store", (), {"__module__": module, "get_password": get_password})()


REAL = "keyring.backends.SecretService"


@pytest.mark.parametrize(
    ("backend", "expected"),
    [
        (_store(REAL), VALUE),
        (_store("keyring.backends.fail"), "from environment"),
        (_store("keyrings.alt.file"), "from environment"),  # plain text
        (_store(REAL, None), "from environment"),
        (_store(REAL, error=RuntimeError("locked")), "from environment"),
        (SimpleNamespace(backends=[_store("keyrings.alt.file", "no"), _store(REAL)]), VALUE),
    ],
)
def test_only_key_stores_that_keep_secrets_are_asked(
    backend: object, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "keyring", _keyring(backend))
    keys = Keys({"RASMI_KEY_X": "from environment"}, tmp_path / "none.toml")
    assert found(keys, "x") == expected


def test_without_the_package_there_is_no_key_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert found(Keys({"RASMI_KEY_X": VALUE}, tmp_path / "none.toml"), "x") == VALUE
