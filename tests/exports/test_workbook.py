"""The workbook as a file: refused when there is nothing to tell, whole, repeatable, well linked."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from exports.files import FileNotWritten
from exports.sheets import sheets
from exports.workbook import ExportCancelled, NothingToExport, Written, export_workbook
from inventory.language import Language, speaking
from inventory.record import AccountKey
from inventory.store import Store
from tests.exports.audited import AUDITOR, BEFORE, TODAY, accounts, audited, inventory_at
from tests.exports.opened import HEADER_ROW, opened, table

TITLES = ["Cover", "Summary", "Findings", "Inventory", "Not assessed", "Rules", "Provenance"]


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An inventory of 40 accounts, audited twice."""
    path = tmp_path_factory.mktemp("workbook") / "inventory.db"
    return audited(inventory_at(path, accounts(40)), BEFORE, TODAY)


def exported(db: Path, path: Path, **more: Any) -> Any:
    more = {"on": TODAY, "language": Language.ENGLISH, **more}
    with Store.open(db) as store:
        return export_workbook(store.connection, path, **more)


@pytest.fixture(scope="module")
def book(db: Path) -> Any:
    path = db.with_name("a.xlsx")
    exported(db, path)
    return opened(path)


class TestNothingToTell:
    def test_an_empty_inventory(self, tmp_path: Path) -> None:
        path = inventory_at(tmp_path / "inventory.db", [])
        with pytest.raises(NothingToExport, match="rasmi import"):
            exported(path, tmp_path / "a.xlsx")
        assert not (tmp_path / "a.xlsx").exists()

    def test_an_inventory_that_was_never_audited(self, tmp_path: Path) -> None:
        path = inventory_at(tmp_path / "inventory.db", accounts(1))
        with pytest.raises(NothingToExport, match="rasmi audit"):
            exported(path, tmp_path / "a.xlsx")
        assert not (tmp_path / "a.xlsx").exists()


class TestTheFile:
    def test_the_same_inventory_and_day_give_the_same_bytes(self, db: Path, tmp_path: Path) -> None:
        exported(db, tmp_path / "a.xlsx")
        exported(db, tmp_path / "b.xlsx")
        first = (tmp_path / "a.xlsx").read_bytes()
        assert first == (tmp_path / "b.xlsx").read_bytes()
        exported(db, tmp_path / "c.xlsx", on=date(2026, 3, 3))
        assert first != (tmp_path / "c.xlsx").read_bytes()

    def test_on_another_machine_too(self, db: Path, tmp_path: Path) -> None:
        words = ["export", str(tmp_path / "b.xlsx"), "--lang", "en", "--date", TODAY.isoformat()]
        environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "America/Lima", "USER": "lain"}
        environment |= {"RASMI_DB": str(db), "LANG": "ms_MY.UTF-8", "RASMI_ACTOR": "Orang Lain"}
        environment["PYTHONPATH"] = str(Path(__file__).parents[2])
        subprocess.run([sys.executable, "-m", "tui", *words], env=environment, cwd="/", check=True)
        exported(db, tmp_path / "a.xlsx")
        assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()

    def test_a_file_that_is_there_is_kept_unless_agreed(self, db: Path, tmp_path: Path) -> None:
        path = tmp_path / "a.xlsx"
        path.write_text("mine")
        with pytest.raises(FileNotWritten):
            exported(db, path)
        assert path.read_text() == "mine"
        exported(db, path, replace=True)
        assert opened(path).sheetnames == TITLES

    def test_errors_speak_the_language_of_who_asked_not_the_workbooks(
        self, db: Path, tmp_path: Path
    ) -> None:
        (tmp_path / "a.xlsx").touch()
        with speaking(Language.ENGLISH), pytest.raises(FileNotWritten, match="exists already"):
            exported(db, tmp_path / "a.xlsx", language=Language.MALAY)

    def test_it_stops_when_asked_and_leaves_nothing(self, db: Path, tmp_path: Path) -> None:
        path = tmp_path / "a.xlsx"
        path.write_text("mine")
        told: list[Written] = []
        with pytest.raises(ExportCancelled):
            exported(db, path, replace=True, progress=told.append, cancelled=lambda: bool(told))
        assert path.read_text() == "mine"
        assert [item.name for item in tmp_path.iterdir()] == ["a.xlsx"]

    def test_it_tells_how_far_it_is(self, db: Path, tmp_path: Path) -> None:
        told: list[Written] = []
        written = exported(db, tmp_path / "a.xlsx", progress=told.append)
        done = [step.done for step in told]
        assert done == sorted(done)
        assert {step.sheet for step in told} <= set(TITLES)
        assert told[-1].done <= told[-1].total >= written.rows["findings"]

    def test_the_inventory_is_only_read(self, db: Path, tmp_path: Path) -> None:
        before = db.read_bytes()
        with Store.open(db) as store:
            reader = store.reader()
            export_workbook(reader, tmp_path / "a.xlsx", on=TODAY, language=Language.MALAY)
            assert not reader.in_transaction
            reader.close()
        assert db.read_bytes() == before

    def test_its_properties_say_what_it_is_and_name_nobody(self, book: Any) -> None:
        about = book.properties
        assert about.title == "Audit of official social-media accounts"
        assert about.subject == "As at 02/03/2026 · audit run 2 · policy core 1.0.0"
        assert about.identifier == "rasmi-run-2"
        assert (about.creator, about.lastModifiedBy, about.language) == ("rasmi", "rasmi", "en-GB")
        assert about.created.date() == about.modified.date() == TODAY


class TestTheSheets:
    def test_stand_in_their_order(self, book: Any) -> None:
        assert book.sheetnames == TITLES == [item.label for item in sheets()]

    @pytest.mark.parametrize("title", TITLES)
    def test_know_how_to_be_printed(self, book: Any, title: str) -> None:
        sheet = book[title]
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.paperSize in (8, 9)
        assert title in sheet.oddHeader.right.text
        assert "audit run 2" in sheet.oddFooter.left.text
        assert "&P" in sheet.oddFooter.right.text
        streamed = title not in ("Cover", "Summary")
        assert (sheet.print_title_rows == "$4:$4") is streamed

    @pytest.mark.parametrize("title", ["Findings", "Inventory", "Not assessed", "Rules"])
    def test_of_many_rows_keep_their_header_in_sight_and_can_be_filtered(
        self, book: Any, title: str
    ) -> None:
        sheet = book[title]
        assert re.fullmatch(r"[A-D]5", sheet.freeze_panes)
        assert sheet.auto_filter.ref.startswith(f"A{HEADER_ROW}:")
        assert sheet.auto_filter.ref.endswith(str(sheet.max_row))
        assert sheet.conditional_formatting

    def test_every_wrapped_text_has_a_row_tall_enough(self, book: Any) -> None:
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    wrapped = cell.value and cell.alignment.wrap_text and "\n" in str(cell.value)
                    if wrapped:
                        height = sheet.row_dimensions[cell.row].height
                        assert height >= 12 * (str(cell.value).count("\n") + 1), cell.coordinate

    def test_three_charts_and_one_of_the_course(self, book: Any) -> None:
        assert len(book["Summary"]._charts) == 4

    def test_a_first_audit_has_no_course_to_draw(self, tmp_path: Path) -> None:
        db = audited(inventory_at(tmp_path / "inventory.db", accounts(12)), TODAY)
        exported(db, tmp_path / "a.xlsx")
        book = opened(tmp_path / "a.xlsx")
        assert len(book["Summary"]._charts) == 3
        texts = [cell.value for row in book["Cover"].iter_rows() for cell in row]
        assert "Nothing: this is the first audit." in texts

    def test_dates_are_dates_and_figures_numbers(self, book: Any) -> None:
        inventory = book["Inventory"]
        headers = [cell.value for cell in inventory[HEADER_ROW]]
        seen = inventory.cell(5, headers.index("Badge seen on") + 1)
        assert (seen.is_date, seen.number_format) == (True, "dd/mm/yyyy")
        rules = table(book["Rules"])
        assert all(isinstance(row["Pass"], int) for row in rules.rows)
        share = table(book["Not assessed"]).rows[0]["Share"]
        assert 0 < share <= 1

    def test_no_sheet_holds_a_formula(self, book: Any) -> None:
        kinds = {
            cell.data_type for sheet in book.worksheets for row in sheet.iter_rows() for cell in row
        }
        assert kinds <= {"s", "n", "d"}


class TestLinks:
    def test_inside_the_workbook_lead_to_cells_that_hold_something(self, book: Any) -> None:
        count = 0
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.hyperlink is not None and cell.hyperlink.location:
                        title, _bang, place = cell.hyperlink.location.rpartition("!")
                        assert book[title.strip("'")][place].value is not None
                        count += 1
        assert count > 100

    def test_a_finding_leads_to_its_rule_and_its_account_and_both_lead_back(
        self, book: Any
    ) -> None:
        findings, inventory, rules = (book[name] for name in ("Findings", "Inventory", "Rules"))
        first_of: dict[str, set[str]] = {"rule": set(), "account": set()}
        columns = {str(cell.value): cell.column for cell in findings[HEADER_ROW]}
        for number in range(HEADER_ROW + 1, findings.max_row + 1):
            rule = findings.cell(number, columns["Rule"])
            target = rules[rule.hyperlink.location.rpartition("!")[2]]
            assert target.value == rule.value
            account = findings.cell(number, columns["Account"])
            row = inventory[account.hyperlink.location.rpartition("!")[2]].row
            assert inventory.cell(row, 2).value == account.value
            first_of["rule"].add(rule.value)
            first_of["account"].add(account.value)
        self._lead_back(rules, "Fail", findings, columns["Rule"], first_of["rule"])
        self._lead_back(
            inventory, "Open findings", findings, columns["Account"], first_of["account"], 2
        )

    @staticmethod
    def _lead_back(
        sheet: Any, header: str, findings: Any, column: int, names: set[str], named: int = 1
    ) -> None:
        """Each figure under `header` leads to the first finding that bears the row's name."""
        at = next(cell.column for cell in sheet[HEADER_ROW] if cell.value == header)
        led = set()
        for number in range(HEADER_ROW + 1, sheet.max_row + 1):
            link = sheet.cell(number, at).hyperlink
            if link is None:
                assert not sheet.cell(number, at).value
                continue
            row = findings[link.location.rpartition("!")[2]].row
            name = sheet.cell(number, named).value
            assert findings.cell(row, column).value == name
            earlier = [findings.cell(r, column).value for r in range(HEADER_ROW + 1, row)]
            assert name not in earlier
            led.add(name)
        assert led == names

    def test_out_of_the_workbook_only_from_flagged_accounts(self, book: Any) -> None:
        inventory = table(book["Inventory"])
        column = inventory.headers.index("Address") + 1
        for number, row in enumerate(inventory.rows, inventory.first_row):
            flagged = "yes" in [row[h] for h in inventory.headers[11:15]]
            link = book["Inventory"].cell(number, column).hyperlink
            assert (link is not None) is flagged
            assert link is None or link.target == row["Address"]


class TestTheRecordAfterTheAudit:
    def test_an_account_recorded_since_is_not_assessed_and_the_cover_warns(
        self, tmp_path: Path
    ) -> None:
        db = audited(inventory_at(tmp_path / "inventory.db", accounts(6)), TODAY)
        with Store.open(db) as store, store.change(AUDITOR, "one more") as change:
            late = replace(accounts(1)[0], handle="lewat")
            row_id = change.add(late)
            change.add(AccountKey(account_id=row_id, key="facebook:handle:lewat"))
        exported(db, tmp_path / "a.xlsx")
        book = opened(tmp_path / "a.xlsx")
        (row,) = table(book["Inventory"]).where(Handle="lewat")
        assert list(row.values())[11:15] == ["not assessed"] * 4
        assert row["Open findings"] is None
        cover = {row[0]: row[2] for row in book["Cover"].iter_rows(values_only=True)}
        assert "entries in the log: 1" in cover["Caution"]
        assert "Accounts: 7" in cover["Scope"]

    def test_accounts_are_listed_once_each_in_the_order_of_the_tree(self, book: Any) -> None:
        rows = table(book["Inventory"]).rows
        assert len({row["Account id"] for row in rows}) == len(rows) == 40
        order = list(dict.fromkeys(row["Organisation"] for row in rows))
        assert order.index("Kementerian Contoh") < order.index("Agensi Umpama")
        assert order.index("Agensi Umpama") < order.index("Jabatan Tamsil")
        assert order.index("Jabatan Tamsil") < order.index("Samples")


def test_both_languages_have_the_same_rows_and_figures(db: Path, tmp_path: Path) -> None:
    told = []
    for language in Language:
        exported(db, tmp_path / f"{language}.xlsx", language=language)
        book = opened(tmp_path / f"{language}.xlsx")
        figures = [
            sorted(cell.value for row in sheet.iter_rows() for cell in row if _is_figure(cell))
            for sheet in book.worksheets
        ]
        told.append((book.properties.language, figures))
    (malay, in_malay), (english, in_english) = told
    assert (malay, english) == ("ms-MY", "en-GB")
    assert in_malay == in_english
    assert all(in_malay[:6])


def _is_figure(cell: Any) -> bool:
    return cell.data_type == "n" and cell.value is not None


def test_a_malay_workbook_takes_the_rules_words_from_the_policy(db: Path, tmp_path: Path) -> None:
    exported(db, tmp_path / "a.xlsx", language=Language.MALAY)
    sheet = opened(tmp_path / "a.xlsx").worksheets[5]
    titles = [sheet.cell(5, column).value for column in (3, 4)]
    assert titles == [
        "Akaun yang dikendalikan atas nama organisasi diiktiraf sebagai akaun rasmi",
        "Account run in an organisation's name is recognised as official",
    ]


def test_nothing_of_the_machine_is_in_the_file(db: Path, tmp_path: Path) -> None:
    exported(db, tmp_path / "a.xlsx")
    with ZipFile(tmp_path / "a.xlsx") as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    for trace in (str(tmp_path), str(db), os.uname().nodename):
        assert trace.encode() not in everything
