"""The one door for files coming in: bounded, copied once, parsed in a limited child process."""

import hashlib
import os
import signal
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from inventory import language
from inventory.importing.answer import BadAnswer, read_answer
from inventory.importing.limits import DEFAULT, MIB, Limits
from inventory.importing.order import Order
from inventory.importing.refusal import FileRefused, too_large
from inventory.importing.rows import Table
from inventory.language import _
from inventory.safe_text import visible

__all__ = ["DEFAULT", "FileRefused", "Limits", "open_table"]

_CHILD = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from inventory.importing.child import main; main(sys.argv[2])"
)
_PACKAGES = str(Path(__file__).resolve().parents[2])
_CHUNK = MIB


def open_table(path: Path, *, limits: Limits = DEFAULT, sheet: str | None = None) -> Table:
    """Return the table in the file at `path`: an Excel workbook, delimited text or JSON.

    `sheet` names the sheet of a workbook to read; by default the first visible one with a table.
    The file's content decides how it is read, not its name. Raises FileRefused with one sentence
    in the language spoken; then nothing of the file has been taken.
    """
    with _copied(path, limits) as (copy, sha256):
        order = Order(path.name, sheet, language.current().value, limits)
        return _ask_child(copy, order, sha256)


@contextmanager
def _copied(path: Path, limits: Limits) -> Iterator[tuple[BinaryIO, str]]:
    """Copy the file once, so that what is hashed is what is parsed; yield the copy and its hash."""
    with _open_regular(path) as source, _unnamed_file() as copy:
        digest, size = hashlib.sha256(), 0
        for piece in _pieces(source, path):
            size += len(piece)
            if size > limits.file_bytes:
                raise too_large(
                    _("This file is larger than {limit} MiB.").format(
                        limit=limits.file_bytes // MIB
                    )
                )
            digest.update(piece)
            copy.write(piece)
        if not size:
            raise FileRefused(
                _("This file is empty."), _("Check that it is the right file, and try again.")
            )
        copy.flush()
        copy.seek(0)
        yield copy, digest.hexdigest()


def _open_regular(path: Path) -> BinaryIO:
    """Open a regular file; a folder, pipe or device is refused without waiting for it."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        raise _cannot_open(path, error) from error
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        raise _not_a_file(path, is_folder=stat.S_ISDIR(mode))
    return os.fdopen(descriptor, "rb")


def _pieces(file: BinaryIO, path: Path) -> Iterator[bytes]:
    try:
        while piece := file.read(_CHUNK):
            yield piece
    except OSError as error:
        raise _cannot_open(path, error) from error


@contextmanager
def _unnamed_file() -> Iterator[BinaryIO]:
    """Yield a file without a name: in memory where the system can, else in the temporary folder."""
    if hasattr(os, "memfd_create"):
        with os.fdopen(os.memfd_create("rasmi"), "w+b") as file:
            yield file
    else:
        with tempfile.TemporaryFile() as file:
            yield file


def _ask_child(file: BinaryIO, order: Order, sha256: str) -> Table:
    """Have a child process parse `file`; whatever ends it early is one refusal."""
    command = [sys.executable, "-I", "-B", "-X", "utf8", "-c", _CHILD, _PACKAGES, order.to_json()]
    with subprocess.Popen(
        command, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd="/", env={}
    ) as child:
        assert child.stdout is not None
        clock = threading.Timer(order.limits.wall_seconds, child.kill)
        clock.start()
        try:
            return read_answer(child.stdout, order.limits, order.name, sha256)
        except BadAnswer as error:
            raise _broken_off(child.wait()) from error
        finally:
            clock.cancel()
            child.kill()


def _broken_off(status: int) -> FileRefused:
    """Return the refusal of a file on which the child ended with `status`."""
    if status in (-signal.SIGKILL, -signal.SIGXCPU):
        return too_large(_("This file takes longer to read than it may."))
    return too_large(_("This file could not be read within the memory it may take."))


def _not_a_file(path: Path, *, is_folder: bool) -> FileRefused:
    sentence = _("{name} is a folder.") if is_folder else _("{name} is not an ordinary file.")
    return FileRefused(
        sentence.format(name=visible(path.name)), _("Name a .xlsx, .csv or .json file.")
    )


def _cannot_open(path: Path, error: Exception) -> FileRefused:
    if isinstance(error, FileNotFoundError):
        sentence = _("There is no file {name}.")
    elif isinstance(error, PermissionError):
        sentence = _("You may not read the file {name}.")
    else:
        sentence = _("The file {name} cannot be opened or read.")
    return FileRefused(
        sentence.format(name=visible(str(path))), _("Check the name and who may read the file.")
    )
