"""What the limited child process answers, believed only as far as its form is right."""

import json
from collections.abc import Iterator
from typing import IO

from inventory.importing.headerless import with_first_row
from inventory.importing.limits import Limits
from inventory.importing.refusal import FileRefused
from inventory.importing.rows import Row, Table

_SLACK = 1024 * 1024
_BYTES_A_CHARACTER = 6


class BadAnswer(Exception):
    """Raised where the child's answer breaks off, or is not of the form it should have."""


def read_answer(stream: IO[bytes], limits: Limits, name: str, sha256: str) -> Table:
    """Return the table that the child's answer on `stream` describes.

    Raises FileRefused where that is the answer, BadAnswer where it is none.
    """
    try:
        return _read(stream, limits, name, sha256)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise BadAnswer from error


def _read(stream: IO[bytes], limits: Limits, name: str, sha256: str) -> Table:
    numbers: list[int] = []
    cells: list[list[str]] = []
    left = limits.characters * _BYTES_A_CHARACTER + _SLACK
    memo: dict[str, str] = {}
    while line := stream.readline(left):
        left -= len(line)
        message = json.loads(line)
        if isinstance(message, dict):
            return _finish(message, numbers, cells, name, sha256)
        for number, texts in message:
            if type(number) is not int or not set(map(type, texts)) <= {str}:
                raise BadAnswer
            numbers.append(number)
            cells.append([memo.setdefault(text, text) for text in texts])
        if len(cells) > limits.rows:
            raise BadAnswer
    raise BadAnswer


def _finish(
    last: dict[str, object], numbers: list[int], cells: list[list[str]], name: str, sha256: str
) -> Table:
    if "refused" in last:
        raise FileRefused(_text(last["refused"]), _text(last["remedy"]))
    headers = _texts(last["headers"])
    places = last["places"]
    if not isinstance(places, list) or len(places) != len(headers):
        raise BadAnswer
    table = Table(
        name=name,
        sha256=sha256,
        format=_text(last["format"]),
        detail=_text(last["detail"]),
        headers=headers,
        rows=tuple(map(Row, numbers, _fitted(cells, places))),
        warnings=_texts(last["warnings"]),
    )
    return with_first_row(table)


def _fitted(cells: list[list[str]], places: list[int]) -> Iterator[tuple[str, ...]]:
    """Yield each row with one text for each of the columns at `places`."""
    width = len(places)
    if places == list(range(width)):
        blanks = [("",) * count for count in range(width + 1)]
        return ((*row, *blanks[width - len(row)]) for row in cells)
    return (tuple(row[place] if place < len(row) else "" for place in places) for row in cells)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise BadAnswer
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise BadAnswer
    return tuple(map(_text, value))
