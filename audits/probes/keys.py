"""API keys: found in the key store of the desktop, a file of one's own, or the environment.

They are found when a request needs them and shown to nobody: not stored, not printed, not part of
an address. The first place that knows a name wins.
"""

import importlib
import logging
import os
import re
import stat
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

from inventory.language import _
from inventory.safe_text import visible

SERVICE = "rasmi"
_LOG = logging.getLogger(__name__)
_LARGEST_FILE = 64 * 1024
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
# Key stores that keep secrets from others; there are ones that write them down in plain text.
_REAL_STORES = (
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
    "keyring.backends.macOS",
    "keyring.backends.Windows",
)


class KeysError(Exception):
    """The keys cannot be used as they lie there; the text is one sentence with its remedy."""


class Key:
    """One API key. It shows its name; the key itself only to `reveal()`."""

    __slots__ = ("_value", "name")

    def __init__(self, name: str, value: str) -> None:
        self.name = name
        self._value = value

    def reveal(self) -> str:
        """Return the key itself, for the header it belongs in."""
        return self._value

    def __repr__(self) -> str:
        return f"Key({self.name!r})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a key is not written down")


class Keys:
    """Finds keys by name. `environ` and `file` say where to look, `use_store` whether to ask the
    desktop's key store, where the package `keyring` is installed.
    """

    def __init__(
        self, environ: Mapping[str, str], file: Path | None = None, *, use_store: bool = True
    ) -> None:
        self._environ = environ
        self._file = file or keys_file(environ)
        self._use_store = use_store
        self._found: dict[str, Key | None] = {}

    def find(self, name: str) -> Key | None:
        """Return the key of that name, or None when none is set anywhere.

        Raises `KeysError` for a file of keys that others may read, or that cannot be read.
        """
        if not _NAME.fullmatch(name):
            raise ValueError("names of keys are lower case letters, digits and underscores")
        if name not in self._found:
            value = self._from_store(name) or self._from_file(name)
            value = value or self._environ.get(f"RASMI_KEY_{name.upper()}")
            self._found[name] = _key(name, value.strip()) if value else None
        return self._found[name]

    def _from_store(self, name: str) -> str | None:
        stores = _real_stores() if self._use_store else []
        return next((value for store in stores if (value := _asked(store, name))), None)

    def _from_file(self, name: str) -> str | None:
        value = read_keys(self._file).get(name)
        return value if isinstance(value, str) else None


def keys_file(environ: Mapping[str, str]) -> Path:
    """Return the file of keys: the one `RASMI_KEYS_FILE` names, else in the settings folder."""
    if named := environ.get("RASMI_KEYS_FILE"):
        return Path(named).expanduser()
    from platformdirs import user_config_path

    return user_config_path("rasmi") / "keys.toml"


def read_keys(file: Path) -> Mapping[str, object]:
    """Return what the file of keys holds; nothing when there is no such file.

    Raises `KeysError` when it can be read by others, or not at all.
    """
    try:
        handle = os.open(file, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except FileNotFoundError:
        return {}
    except OSError:
        raise KeysError(
            _("The file of keys {file} cannot be read.").format(**_named(file))
        ) from None
    try:
        _check_private(os.fstat(handle), file)
        return tomllib.loads(os.read(handle, _LARGEST_FILE).decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        message = _('The file of keys {file} holds something else than lines like x = "…".')
        raise KeysError(message.format(**_named(file))) from None
    finally:
        os.close(handle)


def _check_private(status: os.stat_result, file: Path) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise KeysError(_("The file of keys {file} is not a file.").format(**_named(file)))
    if status.st_mode & 0o077 or status.st_uid not in (os.geteuid(), 0):
        message = _("Others can read the file of keys {file}: make it yours alone (chmod 600).")
        raise KeysError(message.format(**_named(file)))


def _key(name: str, value: str) -> Key:
    if not value.isascii() or not value.isprintable():
        raise KeysError(
            _("The key {name} holds characters that keys do not have.").format(name=name)
        )
    return Key(name, value)


def _named(file: Path) -> dict[str, str]:
    return {"file": visible(str(file))}


def _real_stores() -> list[Any]:
    """Return the key stores of this machine that keep secrets; none without `keyring`."""
    try:
        keyring = importlib.import_module("keyring")
        backend = keyring.get_keyring()
    except ImportError:
        return []
    except Exception as error:  # its own configuration is broken
        _LOG.warning("keyring cannot be used: %s", type(error).__name__)
        return []
    chained = getattr(backend, "backends", None)
    stores = list(chained) if isinstance(chained, list | tuple) else [backend]
    return [store for store in stores if type(store).__module__.startswith(_REAL_STORES)]


def _asked(store: Any, name: str) -> str | None:
    """Return what a key store holds; one that is locked or broken holds nothing for us."""
    try:
        value = store.get_password(SERVICE, name)
    except Exception as error:  # each store has its own errors
        _LOG.warning("a key store does not answer: %s", type(error).__name__)
        return None
    return str(value) if value else None
