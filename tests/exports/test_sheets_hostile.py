"""Whatever files and colleagues write into the record, the workbook shows it and obeys nothing."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from exports.cells import clean, safe_link
from exports.workbook import export_workbook
from inventory.language import Language
from inventory.record import Account
from inventory.store import Store
from tests.exports.audited import TODAY, accounts, audited, inventory_at
from tests.exports.opened import opened, table
from tests.exports.payloads import FORMULAS, ODDITIES

LINKS = [
    "javascript:alert(1)", "file:///etc/passwd", "\\\\evil.example\\share", "data:text/html,x",
    "https://user:secret@evil.example/", "http://evil.example/\u202egpj.exe", "mailto:a@b.example",
    "https://evil.example/?a=1&b=\"'<>", "//evil.example", "HTTPS://EVIL.EXAMPLE/a b",
    "=HYPERLINK(\"http://evil.example\")", "#Inventory!A1", "https://evil.example/" + "a" * 2_500,
]  # fmt: skip
# What is no text at all never gets into the inventory: SQLite keeps UTF-8.
TEXTS = [text for text in (*FORMULAS, *ODDITIES) if text.encode("utf-8", "ignore").decode() == text]


def hostile() -> Iterator[Account]:
    """Yield accounts whose every text field is a payload, each in an account of its own."""
    usual = accounts(24)
    for number, text in enumerate(TEXTS):
        account = usual[number % len(usual)]
        url = LINKS[number % len(LINKS)]
        yield replace(
            account,
            handle=text,
            url=url,
            platform=text if number % 5 == 4 else account.platform,
            display_name=text,
            official_basis=text,
            responsible_unit=text,
            coordinator_unit=text,
            handler_position=text,
            handler_appointment_ref=text,
            monitoring_unit=text,
            purpose=text,
            notes=text,
        )


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook of hostile accounts of an organisation with a hostile name."""
    folder = tmp_path_factory.mktemp("hostile")
    name = '=HYPERLINK("http://evil.example","Kementerian")'
    db = inventory_at(folder / "inventory.db", hostile(), name_ms=name, name_en="\u202e+1+1&C")
    audited(db, TODAY)
    with Store.open(db) as store:
        export_workbook(store.connection, folder / "a.xlsx", on=TODAY, language=Language.ENGLISH)
    return folder / "a.xlsx"


@pytest.fixture(scope="module")
def book(written: Path) -> Any:
    return opened(written)


def test_no_cell_is_a_formula(book: Any, written: Path) -> None:
    kinds = {
        cell.data_type for sheet in book.worksheets for row in sheet.iter_rows() for cell in row
    }
    assert kinds <= {"s", "n", "d"}
    with ZipFile(written) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                assert not re.search(rb"<f[ >/]", archive.read(name)), name


def test_every_payload_can_be_read_as_it_was_written(book: Any) -> None:
    shown = {row["Handle"] for row in table(book["Inventory"]).rows}
    assert shown == {clean(text) for text in TEXTS}
    posts = {row["Handler (post)"] for row in table(book["Inventory"]).rows}
    assert posts >= {clean(text) for text in FORMULAS}


def test_no_link_leads_anywhere_but_to_the_web_or_this_workbook(book: Any) -> None:
    targets = set()
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.hyperlink is None:
                    continue
                if cell.hyperlink.target is None:
                    title = cell.hyperlink.location.rpartition("!")[0].strip("'")
                    assert title in book.sheetnames
                else:
                    targets.add(cell.hyperlink.target)
    assert targets
    assert targets <= {safe_link(link) for link in LINKS}
    assert all(target.startswith(("http://", "https://")) for target in targets)


def test_headers_footers_and_charts_obey_nothing(book: Any, written: Path) -> None:
    for sheet in book.worksheets:
        text = f"{sheet.oddHeader} {sheet.oddFooter}"
        assert "evil" not in text
    with ZipFile(written) as archive:
        charts = [archive.read(n) for n in archive.namelist() if n.startswith("xl/charts/")]
    assert len(charts) == 3
    for chart in charts:
        places = re.findall(rb"<(?:c:)?f>(.*?)</", chart)
        assert places
        assert all(re.fullmatch(rb"'Summary'!\$[A-Z]+\$\d+:\$[A-Z]+\$\d+", p) for p in places)
        assert b"evil" not in chart


def test_nothing_that_hides_is_left_in_it(written: Path) -> None:
    with ZipFile(written) as archive:
        for name in archive.namelist():
            text = archive.read(name).decode()
            assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\ufeff\x1b\x9b]", text), name


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_finds_no_formula_and_every_sheet(written: Path, tmp_path: Path) -> None:
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
            "--convert-to", "fods", "--outdir", str(tmp_path), str(written),
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip
    text = (tmp_path / "a.fods").read_text()
    for title in ("Cover", "Summary", "Findings", "Inventory", "Not assessed", "Provenance"):
        assert f'<table:table table:name="{title}"' in text
    assert "table:formula" not in text
    assert text.count("<draw:object") == 3
    links = set(re.findall(r'xlink:href="([^"]*)"', text))
    outside = {link for link in links if not link.startswith(("#", ".", "Object"))}
    assert outside
    assert all(re.match("https?://", link) for link in outside), outside
