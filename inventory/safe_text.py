"""Text from outside, made fit to be looked at: nothing in it acts, nothing in it hides."""

import re

_C0_PICTURES = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "␡"}

# What a terminal may obey or a reader cannot see: C0, DEL, C1, soft hyphen, Arabic letter mark,
# Hangul and Mongolian fillers, zero-width and bidi controls, separators, invisible operators,
# surrogates, private variation selectors, tag characters and the non-characters.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202f\u205f-\u206f\u3164\ud800-\udfff\ufeff\uffa0"
    "\ufff0-\ufffb\ufffe\uffff\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def visible(text: str, *, keep_newlines: bool = False) -> str:
    """Return `text` with every unseen or active character shown as a mark, none dropped.

    Control characters become their pictures (`␛`), others their code (`\\u202e`).
    The result is for people to read; `escaped()` is the form that can be turned back.
    """
    if text.isascii() and text.isprintable():
        return text
    if keep_newlines:
        return "\n".join(_UNSEEN.sub(_mark, line) for line in text.split("\n"))
    return _UNSEEN.sub(_mark, text)


def hides_something(text: str) -> bool:
    """Say whether `text` holds a character that `visible()` would have to mark."""
    return _UNSEEN.search(text) is not None


def escaped(text: str) -> str:
    """Return `text` in Python's escaped form, which `ast.literal_eval` turns back exactly."""
    return _UNSEEN.sub(_escape, text.replace("\\", "\\\\"))


def _mark(match: re.Match[str]) -> str:
    code = ord(match[0])
    return _C0_PICTURES.get(code) or _escape(match)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
