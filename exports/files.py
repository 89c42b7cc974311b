"""The one door for files going out: whole or not at all, and for its user's eyes only.

A file is written beside its place under a name of ours, forced to the disk and only then given
its name. Whatever stops it in between, the file that stood there before is untouched.
"""

import errno
import os
import re
import secrets
import stat
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from inventory.language import _
from inventory.safe_text import visible

PART_NAME = re.compile(r"\.rasmi-[0-9a-f]{16}\.part")
_NAME_BYTES = 120  # file systems allow 255 bytes; sync clients and encrypted folders far fewer

_SEPARATORS = re.compile(r'[/\\:*?"<>|\s]+|[^\w.,()&+\'@=-]+')
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?")

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}
_NO_HARD_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
_NO_FOLDER_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}


class FileNotWritten(Exception):
    """A file could not be written; what stood at its place before still stands there.

    `sentence` says what happened and where, `remedy` what the user can do about it.
    """

    def __init__(self, sentence: str, remedy: str) -> None:
        super().__init__(f"{sentence} {remedy}")
        self.sentence = sentence
        self.remedy = remedy


def write_atomically(
    path: Path, write: Callable[[BinaryIO], object], *, replace: bool = False
) -> None:
    """Let `write` fill a new file and put it at `path`, mode 0600, all at once.

    An existing regular file is replaced only when `replace` says so; a link, a folder, a pipe or
    a device never is. Errors of the disk are raised as `FileNotWritten`, any other error of
    `write` as it is; after either, the old file is intact and nothing of the new one is left.
    """
    name = path.name
    try:
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise _explained(path, error) from error
    try:
        _refuse_occupied(path, folder, replace=replace)
        sweep_parts(path.parent)
        _write_and_name(name, folder, write, replace=replace)
        _sync_folder(folder)
    except OSError as error:
        if error.errno is None:
            raise  # not the system's own word: it came out of what was to be written
        raise _explained(path, error) from error
    finally:
        os.close(folder)


def sweep_parts(folder: Path) -> int:
    """Remove the unfinished files that killed runs of ours left in `folder`; return how many.

    A file another process is still writing is locked by it and left alone.
    """
    removed = 0
    with os.scandir(folder) as entries:
        parts = [entry.path for entry in entries if PART_NAME.fullmatch(entry.name)]
    for part in parts:
        removed += _remove_if_abandoned(part)
    return removed


def safe_file_name(text: str, *, suffix: str) -> str:
    """Return a plain file name made from `text`, ending in `suffix` (such as `.xlsx`).

    Whatever `text` holds, the name has no folder in it, starts with a letter, digit or
    underscore, hides nothing, is no device of Windows and is at most 120 bytes long.
    """
    if not re.fullmatch(r"(?:\.[a-z0-9]+)+", suffix):
        raise ValueError(f"not a file name's suffix: {suffix!r}")
    plain = unicodedata.normalize("NFC", text.encode("utf-8", "ignore").decode())
    plain = _SEPARATORS.sub("-", plain)
    plain = re.sub(r"-{2,}", "-", plain).lstrip(".-,()&+'@=").rstrip(". -")
    stem = plain.encode()[: _NAME_BYTES - len(suffix)].decode("utf-8", "ignore").rstrip(". -")
    if _RESERVED.fullmatch(stem):
        stem = f"_{stem}"
    return (stem or "rasmi") + suffix


def _refuse_occupied(path: Path, folder: int, *, replace: bool) -> None:
    """Raise when what stands at `path` is not ours to replace."""
    try:
        mode = os.stat(path.name, dir_fd=folder, follow_symlinks=False).st_mode
    except FileNotFoundError:
        return
    if stat.S_ISREG(mode):
        if not replace:
            raise _exists(path)
        return
    kinds = {stat.S_IFLNK: _("a link"), stat.S_IFDIR: _("a folder")}
    kind = kinds.get(stat.S_IFMT(mode), _("not an ordinary file"))
    raise FileNotWritten(
        _("{path} is {kind}; nothing was written.").format(path=_shown(path), kind=kind),
        _("Choose another name."),
    )


def _write_and_name(
    name: str, folder: int, write: Callable[[BinaryIO], object], *, replace: bool
) -> None:
    part, descriptor = _open_part(folder)
    try:
        with os.fdopen(descriptor, "w+b") as file:  # open, and so locked, until it has its name
            os.fchmod(descriptor, 0o600)  # a umask may take rights away that we need
            write(file)
            file.flush()
            os.fsync(descriptor)
            _give_name(part, name, folder, replace=replace)
    except BaseException:
        _discard(part, folder)
        raise


def _open_part(folder: int) -> tuple[str, int]:
    """Create an unfinished file, locked against the sweep; return its name and descriptor."""
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    while True:
        part = f".rasmi-{secrets.token_hex(8)}.part"
        descriptor = os.open(part, flags, 0o600, dir_fd=folder)
        _lock(descriptor)
        if os.fstat(descriptor).st_nlink:
            return part, descriptor
        os.close(descriptor)  # another process swept it in the moment before it was locked


def _give_name(part: str, name: str, folder: int, *, replace: bool) -> None:
    """Rename; without `replace`, a file that appeared meanwhile makes this fail, not vanish."""
    if not replace:
        try:
            os.link(part, name, src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=False)
        except OSError as error:
            if error.errno not in _NO_HARD_LINKS:
                raise
        else:
            os.unlink(part, dir_fd=folder)
            return
        _refuse_occupied(Path(name), folder, replace=False)
    os.replace(part, name, src_dir_fd=folder, dst_dir_fd=folder)


def _discard(part: str, folder: int) -> None:
    try:
        os.unlink(part, dir_fd=folder)
    except OSError:
        return  # never created, or the disk is gone: the sweep takes what is left


def _sync_folder(folder: int) -> None:
    try:
        os.fsync(folder)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise


def _lock(descriptor: int) -> bool:
    """Hold the file against the sweep; say whether nobody else held it."""
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return False  # no locks on this file system: then nothing is known to be abandoned
    return True


def _remove_if_abandoned(part: str) -> bool:
    try:
        descriptor = os.open(part, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        regular = stat.S_ISREG(os.fstat(descriptor).st_mode)
        if not (regular and _lock(descriptor)):
            return False
        os.unlink(part)
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return True


def _explained(path: Path, error: OSError) -> FileNotWritten:
    """Turn the disk's error into a sentence and a remedy."""
    shown = _shown(path)
    code = error.errno
    if code in _FULL:
        return FileNotWritten(
            _("There is no room left to write {path}.").format(path=shown),
            _("Free some space, or choose another disk."),
        )
    if code in _REFUSED:
        return FileNotWritten(
            _("You may not write {path} there.").format(path=shown),
            _("Choose a folder you may write in."),
        )
    if code == errno.EEXIST:
        return _exists(path)
    if code in (errno.ENOENT, errno.ENOTDIR):
        return FileNotWritten(
            _("The folder of {path} does not exist.").format(path=shown),
            _("Create the folder, or choose another."),
        )
    if code == errno.ENAMETOOLONG:
        return FileNotWritten(
            _("The name {path} is too long.").format(path=shown), _("Choose a shorter name.")
        )
    return FileNotWritten(
        _("{path} could not be written: {reason}.").format(
            path=shown, reason=visible(error.strerror or type(error).__name__)
        ),
        _("Check the disk, or choose another."),
    )


def _exists(path: Path) -> FileNotWritten:
    return FileNotWritten(
        _("{path} exists already.").format(path=_shown(path)),
        _("Choose another name, or agree to replace it."),
    )


def _shown(path: Path) -> str:
    return visible(str(path))
