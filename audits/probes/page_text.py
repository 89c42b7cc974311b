"""The text of a page from its bytes: the charset it declares, or the likeliest one.

Order as in the HTML standard: byte order mark, header, `meta`; then UTF-8 where it fits, else
Windows-1252. Labels mean what browsers take them for (`latin-1` is Windows-1252).
"""

import codecs
import re

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_IN_META = re.compile(rb"<meta\b[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_META_WITHIN = 4096
# Codecs of texts on the web. Python knows others that are no charsets at all.
_READ_AS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "utf-16": "utf-16-le",
}
_KNOWN = frozenset(
    {"utf-8", "utf-16-le", "utf-16-be", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr"}
    | {"koi8-r", "koi8-u", "tis-620", *(f"cp{number}" for number in range(1250, 1259))}
    | {f"iso8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15, 16)}
)


def page_text(body: bytes, content_type: str = "") -> str:
    """Return the text of an HTML or plain body; what does not fit becomes replacement characters.

    NUL characters are left out: parsers take them for the end.
    """
    for mark, name in _MARKS:
        if body.startswith(mark):
            return _read(body[len(mark) :], name)
    declared = _named(_IN_HEADER.search(content_type))
    if declared is None and (meta := _IN_META.search(body[:_META_WITHIN])):
        declared = _known(meta[1].decode("ascii", "replace"))
        if declared and declared.startswith("utf-16"):
            declared = "utf-8"  # a page whose meta can be read as bytes is not UTF-16
    return _read(body, declared or _likeliest(body))


def _named(found: re.Match[str] | None) -> str | None:
    return _known(found[1]) if found else None


def _known(label: str) -> str | None:
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return None
    name = _READ_AS.get(name, name)
    return name if name in _KNOWN else None


def _likeliest(body: bytes) -> str:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        # Cut off within its last letter, after others that fit, it is UTF-8 all the same.
        cut = error.reason == "unexpected end of data" and not body[: error.start].isascii()
        return "utf-8" if cut else "cp1252"
    return "utf-8"


def _read(body: bytes, name: str) -> str:
    return body.decode(name, "replace").replace("\0", "")
