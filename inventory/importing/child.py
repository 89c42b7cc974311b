"""The limited child process: reads the file on its standard input, writes rows to its output.

Run as a program with one argument, the `Order` as JSON. It answers with lines of JSON: batches of
rows, then one last line, the columns or the refusal. It never writes a traceback, and without a
last line its parent takes nothing.
"""

import gc
import json
import os
import resource
import sys
from typing import BinaryIO

from inventory.importing import csv_reader, json_reader
from inventory.importing.grid import Columns, Source, tabulate
from inventory.importing.limits import MIB, Limits
from inventory.importing.order import Order
from inventory.importing.refusal import FileRefused, broken, too_large
from inventory.importing.rows import RawRow
from inventory.importing.sniffing import Kind, find_kind, may_be_delimited
from inventory.language import Language, _, use

_BATCH = 500


def main(argument: str) -> None:
    """Read standard input as `argument` orders, and answer on standard output."""
    order = Order.from_json(argument)
    gc.disable()  # a short life that makes millions of texts and no cycles to speak of
    use(Language(order.language))
    confine(order.limits)
    with os.fdopen(os.dup(1), "wb", buffering=MIB) as out:
        answer = _Answer(out)
        try:
            source = open_source(sys.stdin.buffer, order)
            answer.columns(source, tabulate(source, order.limits, answer.row))
        except FileRefused as refusal:
            answer.refused(refusal)
        except MemoryError:
            answer.refused(too_large(_("This file takes more memory to read than it may.")))
        except Exception:  # parsers of hostile files raise of every class; each is one sentence
            answer.refused(broken(_("a list that can be read")))


def confine(limits: Limits) -> None:
    """Bound what this process may use, for good: memory, time, files; it can write none."""
    bounds = {
        resource.RLIMIT_AS: limits.memory_bytes,
        resource.RLIMIT_CPU: limits.cpu_seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: 64,
        resource.RLIMIT_CORE: 0,
    }
    for kind, bound in bounds.items():
        hard = resource.getrlimit(kind)[1]
        bound = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
        resource.setrlimit(kind, (bound, bound))


def open_source(file: BinaryIO, order: Order) -> Source:
    """Return the rows of `file`, read as what it is; raises FileRefused."""
    kind = find_kind(file, order.name)
    file.seek(0)
    if kind is Kind.XLSX:
        from inventory.importing.xlsx_reader import read_xlsx

        return read_xlsx(file, order.limits, order.sheet)
    if kind is Kind.JSON:
        try:
            return json_reader.read_json(file, order.limits)
        except json_reader.NotJson as error:
            if not may_be_delimited(order.name):
                raise _not_json(error) from error
            file.seek(0)
    return csv_reader.read_csv(file, order.limits)


def _not_json(error: json_reader.NotJson) -> FileRefused:
    return FileRefused(
        _("This file begins as JSON does, but line {line} cannot be read as JSON.").format(
            line=error.line
        ),
        _("Open it in the program it came from, save it again, and try again."),
    )


class _Answer:
    """Writes rows in batches, and the last line."""

    def __init__(self, out: BinaryIO) -> None:
        self._out, self._rows = out, list[RawRow]()

    def row(self, row: RawRow) -> None:
        """Send a row, sooner or later."""
        self._rows.append(row)
        if len(self._rows) == _BATCH:
            self._flush()

    def columns(self, source: Source, columns: Columns) -> None:
        """Send what is left, and how the file was read."""
        self._flush()
        self._send(
            {
                "format": source.format,
                "detail": source.detail,
                "places": columns.places,
                "headers": columns.names,
                "warnings": source.notes.sentences(),
            }
        )

    def refused(self, refusal: FileRefused) -> None:
        """Send why nothing is read."""
        self._rows.clear()
        self._send({"refused": refusal.sentence, "remedy": refusal.remedy})

    def _flush(self) -> None:
        if self._rows:
            self._send(self._rows)
            self._rows = []

    def _send(self, message: object) -> None:
        line = json.dumps(message, ensure_ascii=False, separators=(",", ":"))
        self._out.write(line.encode("utf-8", "replace") + b"\n")
