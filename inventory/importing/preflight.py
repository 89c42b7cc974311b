"""Looks into a workbook's archive before anything parses it: a bomb or a trick stops here."""

import re
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from inventory.importing.limits import MIB, Limits
from inventory.importing.refusal import FileRefused, broken, not_accepted, too_large
from inventory.language import _

_LOCAL_HEADER = 30
_ENCRYPTED, _UTF8_NAME = 0x1, 0x800
_CHUNK = MIB
_HEAD = 1024
_FORBIDDEN = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_OVERHANG = 16
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)""")
_PLAIN_ENCODINGS = {b"utf-8", b"utf8", b"us-ascii", b"ascii"}
_UNREAD = ("customxml/", "xl/media/", "xl/embeddings/")


def open_workbook(file: BinaryIO, limits: Limits) -> ZipFile:
    """Return the archive of a workbook none of whose parts is a known hazard.

    Looks at names, kinds, sizes as declared and as unpacked, overlaps, encryption, document type
    declarations and encodings. Raises FileRefused, saying which.
    """
    try:
        archive = ZipFile(file)
    except (BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise broken(_("an Excel workbook")) from error
    entries = archive.infolist()
    if len(entries) > limits.parts:
        raise too_large(
            _("This workbook has {count} parts; up to {limit} are read.").format(
                count=len(entries), limit=limits.parts
            )
        )
    _check_names(entries)
    _check_kind({entry.filename.lower() for entry in entries}, archive)
    _check_entries(entries, limits)
    _check_overlaps(entries)
    _check_contents(archive, entries, limits)
    return archive


def links_elsewhere(archive: ZipFile) -> bool:
    """Say whether formulas of the workbook point into other workbooks."""
    return any(name.lower().startswith("xl/externallinks/") for name in archive.namelist())


def _check_names(entries: list[ZipInfo]) -> None:
    seen = set[str]()
    for entry in entries:
        name = entry.filename.replace("\\", "/").lower()
        odd = name.startswith("/") or ".." in name.split("/") or ":" in name or "\0" in name
        if odd or name in seen or entry.orig_filename != entry.filename:
            raise broken(_("an Excel workbook"))
        seen.add(name)


def _check_kind(names: set[str], archive: ZipFile) -> None:
    """Tell other archives from a workbook, and the kinds of workbook that are not read."""
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
        raise FileRefused(
            _("This workbook holds macros, which are never read."),
            _("Save it as an Excel workbook without macros (.xlsx), and try again."),
        )
    if "xl/workbook.bin" in names:
        raise not_accepted(_("a binary Excel workbook (.xlsb)"))
    if "[content_types].xml" in names and any(name.startswith("xl/") for name in names):
        return
    if "mimetype" in names and "content.xml" in names:
        raise not_accepted(_("an OpenDocument file"))
    if any(name.startswith("word/") for name in names):
        raise not_accepted(_("a Word document"))
    if any(name.startswith("ppt/") for name in names):
        raise not_accepted(_("a PowerPoint presentation"))
    raise not_accepted(_("an archive (.zip)"))


def _check_entries(entries: list[ZipInfo], limits: Limits) -> None:
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED:
            raise FileRefused(
                _("This workbook is protected by a password."),
                _("Save a copy without the password, and try again."),
            )
        if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise broken(_("an Excel workbook"))
        if entry.file_size > MIB and entry.file_size > limits.ratio * entry.compress_size:
            raise _bomb()
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > limits.unpacked_bytes:
        raise _unpacks_too_large(limits)
    if unpacked > MIB and unpacked > limits.ratio * packed:
        raise _bomb()


def _check_overlaps(entries: list[ZipInfo]) -> None:
    """Refuse parts that share bytes: few bytes would stand for many."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise _bomb()
        name = entry.orig_filename.encode(_name_codec(entry), "replace")
        end = entry.header_offset + _LOCAL_HEADER + len(name) + entry.compress_size


def _name_codec(entry: ZipInfo) -> str:
    return "utf-8" if entry.flag_bits & _UTF8_NAME else "cp437"


def _check_contents(archive: ZipFile, entries: list[ZipInfo], limits: Limits) -> None:
    left = limits.unpacked_bytes
    for entry in entries:
        left -= _check_part(archive, entry, left)
        if left < 0:
            raise _unpacks_too_large(limits)


def _check_part(archive: ZipFile, entry: ZipInfo, left: int) -> int:
    """Unpack one part piece by piece, keeping nothing; return its size."""
    name = entry.filename.lower()
    is_xml = name.endswith((".xml", ".rels", ".vml")) and not name.startswith(_UNREAD)
    size, before = 0, b""
    with archive.open(entry) as part:
        while piece := part.read(_CHUNK):
            if is_xml and not size:
                _check_encoding(piece[:_HEAD])
            size += len(piece)
            if size > left:
                break
            if is_xml and b"<!" in piece and _FORBIDDEN.search(piece):
                raise _declares_types()
            if is_xml and _FORBIDDEN.search(before + piece[:_OVERHANG]):
                raise _declares_types()
            before = piece[-_OVERHANG:]
    return size


def _check_encoding(head: bytes) -> None:
    """Refuse XML in an encoding in which a declaration could hide from a search for its bytes."""
    declared = _ENCODING.match(head.removeprefix(b"\xef\xbb\xbf"))
    if b"\0" in head or head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _declares_types()
    if declared and declared[1].lower() not in _PLAIN_ENCODINGS:
        raise _declares_types()


def _bomb() -> FileRefused:
    return FileRefused(
        _("This workbook is built to unpack into far more than it holds."),
        _("Ask its owner for a copy saved by a spreadsheet program."),
    )


def _declares_types() -> FileRefused:
    return FileRefused(
        _("A part of this workbook is written in a way no spreadsheet program writes it."),
        _("Ask its owner for a copy saved by a spreadsheet program."),
    )


def _unpacks_too_large(limits: Limits) -> FileRefused:
    return too_large(
        _("This workbook unpacks to more than {limit} MiB.").format(
            limit=limits.unpacked_bytes // MIB
        )
    )
