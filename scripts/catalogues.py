"""Bring the translation catalogues up to the code, or with `--check` say where they lag behind.

Extraction is Babel's (`babel.cfg`, the keywords of `inventory.language`). The files carry no dates,
lines or paths, so that they change only where a message does.
"""

import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("inventory", "audits", "exports", "tui")
KEYWORDS = {"_": None, "N_": None, "plural": (1, 2)}
LOCALE = ROOT / "inventory" / "locale"
TEMPLATE = LOCALE / "rasmi.pot"
MALAY = LOCALE / "ms" / "LC_MESSAGES" / "rasmi.po"
COMPILED = MALAY.with_suffix(".mo")
NEVER = datetime(2000, 1, 1, tzinfo=UTC)  # the compiled form has to carry some date
UNKEPT_HEADERS = (
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Generated-By",
    "Report-Msgid-Bugs-To",
    "Last-Translator",
    "Language-Team",
)
NEW_MALAY = r"""# Malay words of rasmi.
msgid ""
msgstr ""
"Project-Id-Version: rasmi 1\n"
"Language: ms\n"
"Plural-Forms: nplurals=1; plural=0;\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"""


def messages_in_code() -> Catalog:
    """Return the template: every message marked in the four packages."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)
    template = Catalog(
        project="rasmi", version="1", fuzzy=False, header_comment="# The words of rasmi."
    )
    for room in ROOMS:
        for _, _, message, comments, context in extract_from_dir(
            ROOT / room, methods, options, KEYWORDS
        ):
            template.add(message, auto_comments=comments, context=context)
    return template


def malay(template: Catalog) -> Catalog:
    """Return the Malay catalogue for exactly the messages of `template`, translations kept."""
    po = MALAY.read_bytes() if MALAY.exists() else NEW_MALAY.encode()
    catalogue = read_malay(po)
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
    return catalogue


def read_malay(po: bytes) -> Catalog:
    """Return the catalogue that `po` writes out, its dates stilled."""
    catalogue = read_po(io.BytesIO(po), locale="ms")
    catalogue.creation_date = catalogue.revision_date = NEVER
    return catalogue


def as_po(catalogue: Catalog) -> bytes:
    """Return the text form of `catalogue`, sorted, without headers that change by themselves."""
    text = io.BytesIO()
    write_po(text, catalogue, width=100, no_location=True, sort_output=True, ignore_obsolete=True)
    lines = text.getvalue().decode().splitlines(keepends=True)
    marks = tuple(f'"{name}:' for name in UNKEPT_HEADERS)
    return "".join(line for line in lines if not line.startswith(marks)).encode()


def as_mo(po: bytes) -> bytes:
    """Return the compiled form of `po`."""
    compiled = io.BytesIO()
    write_mo(compiled, read_malay(po))
    return compiled.getvalue()


def expected() -> Iterator[tuple[Path, bytes]]:
    """Yield each catalogue file with what it should hold now."""
    template = messages_in_code()
    po = as_po(malay(template))
    yield TEMPLATE, as_po(template)
    yield MALAY, po
    yield COMPILED, as_mo(po)


def main(arguments: list[str]) -> int:
    """Write the catalogues, or with `--check` only compare them; 1 when one lags behind."""
    stale = [
        (path, content)
        for path, content in expected()
        if not path.exists() or path.read_bytes() != content
    ]
    if "--check" in arguments:
        for path, _ in stale:
            print(f"{path.relative_to(ROOT)} is not up to date: run `make messages`.")
        return 1 if stale else 0
    for path, content in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        print(f"wrote {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
