"""What a program asked of the terminal, and which of it a Textual app has no business asking.

The parser follows the states of ECMA-48 as terminals implement them: escape and control sequences,
strings with their terminators, C0 and C1 in both their one-byte and their UTF-8 forms. Anything it
does not know is reported, so that an unknown function fails a test instead of passing unseen.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

TEXTUAL_MODES = frozenset(
    {7, 25, 1000, 1002, 1003, 1004, 1006, 1015, 1016, 1049, 2004, 2026, 2031, 2048}
)
"""Private modes Textual itself switches: wrapping, cursor, mouse, focus, alternate screen, paste,
synchronised output, colour scheme, resize in band."""

_SEQUENCES = re.compile(
    r"""
      (?P<csi>   (?:\x1b\[|\x9b) [\x30-\x3f]* [\x20-\x2f]* (?:[\x40-\x7e]|$) )
    | (?P<osc>   (?:\x1b\]|\x9d) [^\x07\x1b\x9c\x18\x1a]* (?:\x07|\x1b\\|\x9c|$)? )
    | (?P<string>(?:\x1b[PX^_]|[\x90\x98\x9e\x9f]) [^\x1b\x9c\x18\x1a]* (?:\x1b\\|\x9c|$)? )
    | (?P<escape>\x1b [\x20-\x2f]* (?:[\x30-\x7e]|$)? )
    | (?P<control>\r\n|[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff])
    """,
    re.VERBOSE,
)

_SGR = re.compile(r"\x1b\[[\d;:]*m")
_POSITION = re.compile(r"\x1b\[(?:\d+(?:;\d+)?)?H")
_MODES = re.compile(r"\x1b\[\?(\d+(?:;\d+)*)(?:[hl]|\$p)")
_KEYBOARD = re.compile(r"\x1b\[(?:>\d+|<)u")
_POINTER = re.compile(r"\x1b\]22;default(?:\x07|\x1b\\)")


@dataclass(frozen=True, slots=True)
class Function:
    """One thing asked of the terminal: which kind, and the characters that asked it."""

    kind: str
    text: str


def functions(output: bytes) -> Iterator[Function]:
    """Give every function in a terminal's input, in order; a byte outside UTF-8 is one."""
    for match in _SEQUENCES.finditer(output.decode("utf-8", "surrogateescape")):
        yield Function(match.lastgroup or "", match[0])


def foreign(output: bytes) -> list[Function]:
    """Return all functions but SGR, cursor position, line feed and Textual's own modes."""
    return [function for function in functions(output) if not _allowed(function)]


def printed(output: bytes) -> str:
    """Return the text between the functions."""
    return _SEQUENCES.sub("", output.decode("utf-8", "surrogateescape"))


def _allowed(function: Function) -> bool:
    text = function.text
    if function.kind == "control":
        return text in ("\n", "\r\n")
    if function.kind == "osc":
        return _POINTER.fullmatch(text) is not None
    if function.kind != "csi":
        return False
    if modes := _MODES.fullmatch(text):
        return TEXTUAL_MODES.issuperset(int(mode) for mode in modes[1].split(";"))
    return any(known.fullmatch(text) for known in (_SGR, _POSITION, _KEYBOARD))
