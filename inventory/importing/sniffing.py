"""What a file is, by its first bytes; its name only tells kinds of text apart."""

from enum import StrEnum
from pathlib import PurePath
from typing import BinaryIO

from inventory.importing.refusal import FileRefused, not_accepted
from inventory.language import N_, _


class Kind(StrEnum):
    """The readers there are."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


_HEAD = 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PASSWORD = "EncryptedPackage".encode("utf-16-le")
_BINARY = (
    (b"%PDF", N_("a PDF document")),
    (b"\x89PNG", N_("a picture")),
    (b"\xff\xd8\xff", N_("a picture")),
    (b"GIF8", N_("a picture")),
    (b"\x1f\x8b", N_("a compressed file")),
    (b"BZh", N_("a compressed file")),
    (b"7z\xbc\xaf", N_("a compressed file")),
    (b"Rar!", N_("a compressed file")),
    (b"\xfd7zXZ", N_("a compressed file")),
    (b"SQLite format 3\0", N_("a database")),
    (b"\x7fELF", N_("a program")),
    (b"MZ\x90", N_("a program")),
    (b"{\\rtf", N_("a rich-text document")),
    (b"PAR1", N_("a Parquet file")),
)
_TEXTS = {
    ".yaml": N_("YAML text"),
    ".yml": N_("YAML text"),
    ".toml": N_("TOML text"),
    ".ini": N_("a settings file"),
    ".xml": N_("XML text"),
    ".htm": N_("a web page"),
    ".html": N_("a web page"),
    ".md": N_("a text document"),
    ".sql": N_("SQL text"),
    ".py": N_("a program"),
    ".vcf": N_("a contact card"),
    ".eml": N_("an e-mail message"),
}
_DELIMITED = {".csv", ".tsv", ".tab", ".txt"}


def find_kind(file: BinaryIO, name: str) -> Kind:
    """Return which reader reads `file`, which is called `name`.

    Raises FileRefused for a kind that is not read.
    """
    data = file.read(_HEAD)
    if data.startswith(b"PK\x03\x04"):
        return Kind.XLSX
    if data.startswith(b"PK\x05\x06"):
        raise not_accepted(_("an empty archive (.zip)"))
    if data.startswith(_OLE):
        raise _old_office(data + file.read())
    for mark, what in _BINARY:
        if data.startswith(mark):
            raise not_accepted(_(what))
    text = _plain_start(data)
    if text.startswith("<"):
        is_page = any(tag in text.lower() for tag in ("<html", "<!doctype html", "<table"))
        raise not_accepted(_("a web page") if is_page else _("XML text"))
    suffix = PurePath(name).suffix.lower()
    if suffix in _TEXTS:
        raise not_accepted(_(_TEXTS[suffix]))
    return Kind.JSON if text.startswith(("[", "{")) else Kind.CSV


def may_be_delimited(name: str) -> bool:
    """Say whether `name` claims delimited text, so that a first `[` need not mean JSON."""
    return PurePath(name).suffix.lower() in _DELIMITED


def _plain_start(data: bytes) -> str:
    """Return the beginning of `data` as far as it is plain, whatever its encoding."""
    head = data.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    return head.replace(b"\0", b"").decode("latin-1").lstrip()


def _old_office(data: bytes) -> FileRefused:
    if _PASSWORD in data:
        return FileRefused(
            _("This workbook is protected by a password."),
            _("Save a copy without the password, and try again."),
        )
    return FileRefused(
        _("This file is in the old Office format (.xls or .doc), which is not read."),
        _("Open it in a spreadsheet program, save it as .xlsx, and try again."),
    )
