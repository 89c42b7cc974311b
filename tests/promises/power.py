"""A disk that remembers in which order it was written, and what a power cut can leave of it.

What was synced is on the disk. Of what was not, any part can be: each write is cut into sectors
of 512 bytes, and every sector may or may not have arrived. Files appear in their folder and
vanish from it in order, but how far that got is only certain when the folder was synced.
"""

import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

SECTOR = 512


@dataclass
class Contents:
    """One file: what is safe on the disk, and the writes that are not yet."""

    safe: bytearray
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)

    def sync(self) -> None:
        for write in self.pending:
            _apply(self.safe, *write)
        self.pending.clear()

    def after_the_cut(self, chance: random.Random) -> bytes:
        """Return what can be found: all that is safe, and some of the rest."""
        found = bytearray(self.safe)
        share = chance.choice([0.0, 0.1, 0.5, 0.9, 1.0])
        for offset, data in self.pending:
            if data is None:
                if chance.random() < share:
                    _apply(found, offset, None)
                continue
            for start in range(0, len(data), SECTOR):
                if chance.random() < share:
                    _apply(found, offset + start, data[start : start + SECTOR])
        return bytes(found)


def _apply(content: bytearray, offset: int, data: bytes | None) -> None:
    """Write at the offset; no data: cut off there."""
    if data is None:
        del content[offset:]
        return
    content.extend(bytes(max(0, offset - len(content))))
    content[offset : offset + len(data)] = data


class Disk(apsw.VFS):
    """Passes everything on to the real disk, keeping account of what is safe."""

    def __init__(self, name: str, chance: random.Random) -> None:
        super().__init__(name, "")
        self.name = name
        self.chance = chance
        self.folder: dict[str, Contents] = {}
        self.history: list[dict[str, Contents]] = [{}]  # the last is now, the first is safe
        self.cuts: list[dict[str, bytes]] = []
        self.cut_share = 0.0

    def put(self, path: Path) -> None:
        """Take a file as it stands as safe."""
        self.folder[str(path)] = Contents(bytearray(path.read_bytes()))
        self.folder_synced()

    def folder_changed(self) -> None:
        self.history.append(dict(self.folder))

    def folder_synced(self) -> None:
        self.history = [dict(self.folder)]

    def cut(self) -> dict[str, bytes]:
        """Return the files somebody finds who switches the power off now, and on again."""
        found = self.chance.choice(self.history)
        return {path: contents.after_the_cut(self.chance) for path, contents in found.items()}

    def moment(self) -> None:
        """Cut the power in thought, now and then."""
        if self.chance.random() < self.cut_share:
            self.cuts.append(self.cut())

    def xOpen(self, name: Any, flags: list[int]) -> "Handle":
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        fresh = path is not None and path not in self.folder
        handle = Handle(self, path, flags, fresh)
        if fresh:
            self.folder[path] = Contents(bytearray())
            self.folder_changed()
        return handle

    def xDelete(self, path: str, syncdir: bool) -> None:
        super().xDelete(path, syncdir)
        self.folder.pop(path, None)
        self.folder_changed()
        self.moment()
        if syncdir:
            self.folder_synced()


class Handle(apsw.VFSFile):
    """One open file of the disk; temporary files have no path and are nobody's loss."""

    def __init__(self, disk: Disk, path: str | None, flags: list[int], fresh: bool) -> None:
        super().__init__("", path, flags)
        self.disk, self.path, self.fresh = disk, path, fresh

    def xWrite(self, data: bytes, offset: int) -> None:
        super().xWrite(data, offset)
        self._note((offset, bytes(data)))

    def xTruncate(self, size: int) -> None:
        super().xTruncate(size)
        self._note((size, None))

    def xSync(self, flags: int) -> None:
        self.disk.moment()
        super().xSync(flags)
        if self.path is None:
            return
        self.disk.folder[self.path].sync()
        if self.fresh:  # SQLite syncs the folder with the first sync of a new file, and only then
            self.disk.folder_synced()
            self.fresh = False

    def _note(self, write: tuple[int, bytes | None]) -> None:
        if self.path is not None:
            self.disk.folder[self.path].pending.append(write)
            self.disk.moment()
