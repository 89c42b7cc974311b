"""From the bytes of a text file to its characters, without asking and without losing any."""

import codecs
import io
import re
from dataclasses import dataclass
from typing import BinaryIO

from inventory.importing.refusal import not_accepted
from inventory.language import _

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_MULTIBYTE = re.compile(rb"[\xc3-\xf4][\x80-\xbf]+|\xc2[\x80-\xbf]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_ASCII = bytes(range(0x80))
_SAMPLE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a text is encoded: Python's codec, the name people know, and whether bytes are broken."""

    codec: str
    label: str
    broken: bool = False

    @property
    def errors(self) -> str:
        """The error handler: a broken byte becomes U+FFFD, an unassigned one of cp1252 stays."""
        return "replace" if self.broken else "rasmi-unassigned"


def find_encoding(data: bytes) -> Encoding:
    """Return how `data` is encoded: byte-order mark, strict UTF-8, else Windows-1252.

    A text that is UTF-8 but for a few bytes is UTF-8 with broken bytes, not Windows-1252: that
    would spoil every letter with an accent. Raises FileRefused where `data` is no text at all.
    """
    encoding = _by_mark(data) or _by_zeros(data) or _by_content(data)
    sample = data[:_SAMPLE].decode(encoding.codec, encoding.errors)
    odd = len(_CONTROL.findall(sample))
    if odd > max(2, len(sample) / 50) or odd > len(sample) / 4:
        raise not_accepted(_("not text that can be read"))
    return encoding


def lines_of(file: BinaryIO, encoding: Encoding) -> io.TextIOWrapper:
    """Return the text of `file` from its start, its line ends as they came."""
    file.seek(0)
    return io.TextIOWrapper(file, encoding.codec, encoding.errors, newline="")


def _by_mark(data: bytes) -> Encoding | None:
    for mark, codec, label in _BOMS:
        if data.startswith(mark):
            return Encoding(codec, label, broken=_is_broken(data, codec))
    return None


def _by_zeros(data: bytes) -> Encoding | None:
    """Recognise UTF-16 without a mark: every other byte of plain text is zero."""
    sample = data[:512]
    for odd, codec in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros, others = sample[odd::2].count(0), sample[1 - odd :: 2].count(0)
        if len(sample) >= 4 and not others and zeros * 2 > len(sample) // 2:
            return Encoding(codec, "UTF-16", broken=_is_broken(data, codec))
    return None


def _by_content(data: bytes) -> Encoding:
    if not _is_broken(data, "utf-8"):
        return Encoding("utf-8", "UTF-8")
    sound = sum(len(match) for match in _MULTIBYTE.findall(data))
    odd = len(data.translate(None, _ASCII)) - sound
    if sound > 10 * max(odd, 1):
        return Encoding("utf-8", "UTF-8", broken=True)
    return Encoding("cp1252", "Windows-1252")


def _is_broken(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return True
    return False


def _keep_unassigned(error: UnicodeError) -> tuple[str, int]:
    """Read the five bytes Windows-1252 leaves unassigned as the control characters they were."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(map(chr, error.object[error.start : error.end])), error.end


codecs.register_error("rasmi-unassigned", _keep_unassigned)
