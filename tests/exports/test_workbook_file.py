"""A saved workbook: the same content, the same bytes; no live formula; the old file or the new."""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment

from exports.cells import Place, clean, margin_text, put, sheet_title
from exports.files import FileNotWritten
from exports.row_stream import ColumnSpec, Entry, Item, stream_rows
from exports.styles import Style, colour_words, light
from exports.workbook_file import content_digest, new_workbook, save
from inventory.language import Language, speaking
from tests.exports.payloads import FORMULAS, ODDITIES

WHEN = date(2026, 1, 2)
COLUMNS = [
    ColumnSpec("No.", 6, Style.NUMBER),
    ColumnSpec("Text", 40, Style.WRAP),
    ColumnSpec("Seen", 12, Style.DATE),
    ColumnSpec("Share", 12, Style.PERCENT),
    ColumnSpec("Address", 40, Style.LINK),
]


def report(texts: list[str]) -> Workbook:
    """A small workbook with something of everything the sheets use."""
    workbook = new_workbook()
    workbook.properties.title = "Laporan \x1b[31m & \ud800"
    cover = workbook.create_sheet(sheet_title("Muka/Depan"))
    put(cover, 1, 1, "Laporan", Style.TITLE)
    for row, text in enumerate(texts, 2):
        put(cover, row, 1, text, Style.WRAP, Place("Akaun", f"A{row}"))
        put(cover, row, 2, row, Style.NUMBER)
    put(cover, 2, 3, "x", Style.TEXT).comment = Comment("nota", "rasmi")
    cover.oddFooter.center.text = margin_text("Komunikasi & Digital")
    chart = BarChart()
    chart.add_data(Reference(cover, min_col=2, min_row=2, max_row=5))
    cover.add_chart(chart, "E2")
    accounts = workbook.create_sheet("Akaun")
    put(accounts, 1, 1, "Akaun", Style.SUBTITLE, "https://example.org/")

    def rows() -> Iterator[list[Item]]:
        for n, text in enumerate(texts):
            url = f"https://example.org/{n}"
            yield [n, text, WHEN, n / 8, Entry(url, None, url)]
        yield [1, Entry("high", light("high")), None, None, None]

    words = [("high", Style.HIGH)]
    stream_rows(accounts, COLUMNS, rows(), then=lambda _: colour_words(accounts, "B3:B9", words))
    return workbook


def texts_of(path: Path) -> list[list[Any]]:
    """Return all cells of all sheets as (address, type, value)."""
    workbook = load_workbook(path)
    return [
        [
            (cell.coordinate, cell.data_type, cell.value)
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        ]
        for sheet in workbook.worksheets
    ]


SAVE_IT = """
import sys
from datetime import date
from pathlib import Path
from inventory.language import Language, use
from tests.exports.test_workbook_file import FORMULAS, ODDITIES, WHEN, report, save
use(Language.MALAY)
save(report(FORMULAS + ODDITIES), Path(sys.argv[1]), when=WHEN)
"""

SURROUNDINGS = [
    {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "0"},
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1", "USER": "ketua"},
    {"TZ": "America/Los_Angeles", "LANG": "ms_MY.UTF-8", "PYTHONHASHSEED": "4711"},
]


class TestTheSameBytes:
    def test_in_any_process_zone_locale_and_folder(self, tmp_path: Path) -> None:
        root = str(Path(__file__).parents[2])
        digests = set()
        for number, surroundings in enumerate(SURROUNDINGS):
            folder = tmp_path / f"folder {number}"
            folder.mkdir()
            subprocess.run(
                [sys.executable, "-c", SAVE_IT, str(folder / f"{number}.xlsx")],
                check=True,
                cwd=folder,
                env={"PATH": os.environ["PATH"], "PYTHONPATH": root, **surroundings},
            )
            digests.add(sha256((folder / f"{number}.xlsx").read_bytes()).hexdigest())
        assert len(digests) == 1

    def test_the_archive_names_no_moment_and_no_system(self, tmp_path: Path) -> None:
        save(report(["a"]), tmp_path / "a.xlsx", when=WHEN)
        with ZipFile(tmp_path / "a.xlsx") as archive:
            entries = archive.infolist()
            assert archive.testzip() is None
        marks = {(e.date_time, e.create_system, e.external_attr, e.compress_type) for e in entries}
        assert marks == {((1980, 1, 1, 0, 0, 0), 3, 0o600 << 16, 8)}
        assert len({entry.filename for entry in entries}) == len(entries)

    def test_the_properties_name_the_day_and_the_language_and_nobody(self, tmp_path: Path) -> None:
        with speaking(Language.MALAY):
            save(report(["a"]), tmp_path / "a.xlsx", when=WHEN)
        properties = load_workbook(tmp_path / "a.xlsx").properties
        midnight = datetime(2026, 1, 2, tzinfo=UTC).replace(tzinfo=None)
        assert (properties.created, properties.modified) == (midnight, midnight)
        assert (properties.creator, properties.lastModifiedBy) == ("rasmi", "rasmi")
        assert properties.language == "ms-MY"
        assert properties.title == "Laporan ␛[31m & \\ud800"

    def test_another_day_or_another_cell_gives_other_bytes(self, tmp_path: Path) -> None:
        for name, text, when in [("a", "x", WHEN), ("b", "y", WHEN), ("c", "x", date(2026, 1, 3))]:
            save(report([text]), tmp_path / name, when=when)
        assert len({(tmp_path / name).read_bytes() for name in "abc"}) == 3


class TestWhatCanBeReadBack:
    def test_every_text_is_text_in_every_sheet(self, tmp_path: Path) -> None:
        texts = FORMULAS + ODDITIES
        save(report(texts), tmp_path / "a.xlsx", when=WHEN)
        cover, accounts = texts_of(tmp_path / "a.xlsx")
        assert {kind for _place, kind, _value in cover + accounts} == {"s", "n", "d"}
        values = {place: value for place, _kind, value in cover}
        assert [values[f"A{row}"] for row in range(2, len(texts) + 2)] == [*map(clean, texts)]
        values = {place: value for place, _kind, value in accounts}
        assert [values[f"B{row}"] for row in range(3, len(texts) + 3)] == [*map(clean, texts)]

    def test_both_kinds_of_links_charts_notes_and_margins_are_there(self, tmp_path: Path) -> None:
        save(report(["a", "b"]), tmp_path / "a.xlsx", when=WHEN)
        workbook = load_workbook(tmp_path / "a.xlsx")
        cover, accounts = workbook.worksheets
        assert cover["A2"].hyperlink.location == "'Akaun'!A2"
        assert accounts["A1"].hyperlink.target == "https://example.org/"
        assert accounts["E4"].hyperlink.target == "https://example.org/1"
        assert len(cover._charts) == 1
        assert cover["C2"].comment.text == "nota"
        assert cover.oddFooter.center.text == "Komunikasi && Digital"


def _without_rewriting(path: Path) -> Iterator[list[str]]:
    """The texts of a file another program saved, without its escapes of `_x000D_`."""
    for sheet in texts_of(path):
        yield [str(value).replace("x005F_", "") for _place, kind, value in sheet if kind == "s"]


@pytest.fixture(scope="module")
def through_libreoffice(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Our file, and the same as LibreOffice saves it."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not installed; only openpyxl has read the files back")
    folder = tmp_path_factory.mktemp("office")
    ours = folder / "ours.xlsx"
    save(report(FORMULAS + ODDITIES), ours, when=WHEN)
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                office, f"-env:UserInstallation=file://{profile}", "--headless", "--norestore",
                "--convert-to", "xlsx", "--outdir", str(folder / "again"), str(ours),
            ],
            check=True, capture_output=True, timeout=300,
        )  # fmt: skip
    return ours, folder / "again" / "ours.xlsx"


class TestThroughLibreOffice:
    def test_it_sees_no_formula_and_every_text(
        self, through_libreoffice: tuple[Path, Path]
    ) -> None:
        ours, again = through_libreoffice
        kinds = {kind for sheet in texts_of(again) for _place, kind, _value in sheet}
        assert kinds == {"s", "n", "d"}
        assert list(_without_rewriting(again)) == list(_without_rewriting(ours))

    def test_the_digest_of_the_cells_is_the_same(
        self, through_libreoffice: tuple[Path, Path]
    ) -> None:
        ours, again = through_libreoffice
        assert ours.read_bytes() != again.read_bytes()
        assert content_digest(ours) == content_digest(again)


class TestDigest:
    @pytest.fixture
    def digest(self, tmp_path: Path) -> str:
        save(report(["a", "b"]), tmp_path / "a.xlsx", when=WHEN)
        return content_digest(tmp_path / "a.xlsx")

    def test_it_does_not_depend_on_the_day_of_saving(self, tmp_path: Path, digest: str) -> None:
        save(report(["a", "b"]), tmp_path / "b.xlsx", when=date(2026, 5, 5))
        assert content_digest(tmp_path / "b.xlsx") == digest

    @pytest.mark.parametrize(
        ("cell", "value"),
        [("B3", "c"), ("A3", 7), ("C3", date(2026, 1, 3)), ("D4", 0.126), ("E3", None), ("Z9", 1)],
    )
    def test_it_tells_one_changed_cell(
        self, tmp_path: Path, digest: str, cell: str, value: object
    ) -> None:
        workbook = load_workbook(tmp_path / "a.xlsx")
        workbook["Akaun"][cell].value = value  # type: ignore[assignment]
        workbook.save(tmp_path / "b.xlsx")
        assert content_digest(tmp_path / "b.xlsx") != digest

    def test_it_tells_a_number_from_its_text_and_a_renamed_sheet(
        self, tmp_path: Path, digest: str
    ) -> None:
        workbook = load_workbook(tmp_path / "a.xlsx")
        workbook["Akaun"]["A3"].value = "0"
        workbook.save(tmp_path / "b.xlsx")
        workbook = load_workbook(tmp_path / "a.xlsx")
        workbook["Akaun"].title = "Akaun 2"
        workbook.save(tmp_path / "c.xlsx")
        digests = {content_digest(tmp_path / name) for name in ("b.xlsx", "c.xlsx")}
        assert len(digests | {digest}) == 3

    def test_saving_again_with_openpyxl_changes_nothing(self, tmp_path: Path, digest: str) -> None:
        load_workbook(tmp_path / "a.xlsx").save(tmp_path / "b.xlsx")
        assert content_digest(tmp_path / "b.xlsx") == digest


class TestFailure:
    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        save(report(["last month"]), tmp_path / "a.xlsx", when=WHEN)
        return tmp_path / "a.xlsx"

    @pytest.mark.parametrize("room", [0, 1, 4_096, 20_000])
    def test_a_full_disk_leaves_the_old_report(self, path: Path, room: int) -> None:
        before, old = resource.getrlimit(resource.RLIMIT_FSIZE), path.read_bytes()
        workbook = report([sha256(bytes([n % 256, n // 256])).hexdigest() for n in range(2_000)])
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
        try:
            with pytest.raises(FileNotWritten, match="no room"):
                save(workbook, path, when=WHEN, replace=True)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        assert path.read_bytes() == old
        assert [entry.name for entry in path.parent.iterdir()] == ["a.xlsx"]

    @pytest.mark.parametrize("error", [ConnectionError("went away"), LookupError("went away")])
    def test_rows_that_break_off_leave_the_old_report(self, path: Path, error: Exception) -> None:
        old = path.read_bytes()

        def rows() -> Iterator[list[Item]]:
            for n in range(1_000):
                yield [n, "text", None, None, None]
            raise error

        workbook = new_workbook()
        stream_rows(workbook.create_sheet("a"), COLUMNS, rows())
        with pytest.raises(type(error), match="went away"):
            save(workbook, path, when=WHEN, replace=True)
        assert path.read_bytes() == old
        assert [entry.name for entry in path.parent.iterdir()] == ["a.xlsx"]

    def test_an_existing_report_is_not_replaced_unasked(self, path: Path) -> None:
        with pytest.raises(FileNotWritten, match="exists already"):
            save(report(["a"]), path, when=WHEN)

    def test_nothing_passes_through_the_shared_temporary_folder(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "not there"))
        save(report(["a"]), tmp_path / "a.xlsx", when=WHEN)
        assert [entry.name for entry in tmp_path.iterdir()] == ["a.xlsx"]
