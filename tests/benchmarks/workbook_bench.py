"""Prints what a management workbook costs: ours, XlsxWriter, careful openpyxl, and the limit.

10,000 accounts make 19,000 styled rows of 20 columns on four sheets. Every case runs in a process
of its own, rounds interleaved; printed are the medians.
"""

import argparse
import importlib.util
import io
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

ROUNDS = 3
WIDTHS = (7, 28, 14, 40, 12, 18, 30, 12, 12, 12, 12, 12, 10, 10, 12, 24, 24, 12, 30, 40)
SEVERITIES = ("critical", "high", "medium", "low", "info")
SHARES = (("All", 10), ("Without badge", 5), ("Individuals", 3), ("Unofficial", 1))  # tenths
TODAY = date(2026, 1, 2)


def account_rows(count: int) -> Iterator[list[str | int | date]]:
    """Yield invented accounts: some columns repeat, some never do."""
    for n in range(count):
        ministry = f"Kementerian Contoh {n % 27}"
        yield [
            n, f"{ministry} & Jabatan {n % 800}", ("facebook", "instagram", "x", "tiktok")[n % 4],
            f"https://www.example.org/pejabat.contoh.{n}", f"AK{n:06d}", f"@contoh{n}",
            ministry, ("official", "unofficial", "unknown")[n % 3], ("government", "none")[n % 2],
            ("corporate", "programme", "individual")[n % 3], TODAY - timedelta(days=n % 900),
            TODAY - timedelta(days=n % 90), n % 5, (n * 37) % 100_000, SEVERITIES[n % 5],
            f"Ketua Unit {n % 400}", f"Pegawai Komunikasi {n % 300}", ("yes", "no")[n % 2],
            f"contoh{n % 800}@agensi.example",
            f"Rekodkan pentadbir kedua, ikut jawatan ({n % 74})",
        ]  # fmt: skip


def ours(path: Path, accounts: int, links: bool) -> None:
    """The workbook as this project writes it."""
    from openpyxl import Workbook

    from exports.row_stream import ColumnSpec, Entry, stream_rows
    from exports.styles import Style, add_styles, colour_words, light
    from exports.workbook_file import save

    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    add_styles(workbook)
    styles = {10: Style.DATE, 11: Style.DATE, 0: Style.NUMBER, 12: Style.NUMBER, 13: Style.NUMBER}
    columns = [
        ColumnSpec(f"Column {n}", width, styles.get(n, Style.TEXT))
        for n, width in enumerate(WIDTHS)
    ]

    words = [(word, light(word)) for word in SEVERITIES]

    def rows(count: int) -> Iterator[list[object]]:
        for row in account_rows(count):
            row[14] = Entry(row[14], light(row[14]))
            if links:
                row[3] = Entry(row[3], Style.LINK, row[3])
            yield row

    for title, share in SHARES:
        sheet = workbook.create_sheet(title)
        stream_rows(
            sheet, columns, rows(accounts * share // 10), freeze_columns=2,
            then=lambda done, sheet=sheet: colour_words(sheet, f"O2:O{done.last_row}", words),
        )  # fmt: skip
    save(workbook, path, when=TODAY, replace=True)


def xlsxwriter(path: Path, accounts: int, links: bool) -> None:
    """The same with XlsxWriter, rows written and forgotten one by one."""
    import xlsxwriter as library

    workbook = library.Workbook(str(path), {"constant_memory": True})
    look = {"font_name": "Arial", "font_size": 9, "border": 1, "valign": "top"}
    text, number = workbook.add_format(look), workbook.add_format(look | {"num_format": "#,##0"})
    day = workbook.add_format(look | {"num_format": "dd/mm/yyyy"})
    link = workbook.add_format(look | {"font_color": "blue", "underline": 1})
    head = workbook.add_format(look | {"bold": True, "bg_color": "#1F3864", "font_color": "white"})
    fills = ("#8B1A1A", "#E06C5A", "#F6C667", "#FBE9A9", "#DCE6F4")
    light = {
        word: workbook.add_format(look | {"bg_color": fill})
        for word, fill in zip(SEVERITIES, fills, strict=True)
    }
    for title, share in SHARES:
        sheet, count = workbook.add_worksheet(title), accounts * share // 10
        for n, width in enumerate(WIDTHS):
            sheet.set_column(n, n, width)
            sheet.write_string(0, n, f"Column {n}", head)
        for r, row in enumerate(account_rows(count), 1):
            sheet.set_row(r, 15)
            for c, value in enumerate(row):
                if c == 3 and links:
                    sheet.write_url(r, c, value, link)
                elif c == 14:
                    sheet.write_string(r, c, value, light[value])
                elif isinstance(value, str):
                    sheet.write_string(r, c, value, text)
                elif isinstance(value, int):
                    sheet.write_number(r, c, value, number)
                else:
                    sheet.write_datetime(r, c, value, day)
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, count, len(WIDTHS) - 1)
        for word in SEVERITIES:
            rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": light[word]}
            sheet.conditional_format(1, 14, count, 14, rule)
    workbook.close()


def openpyxl_write_only(path: Path, accounts: int, links: bool) -> None:
    """The same with openpyxl as its own documents advise: write_only, styles registered once."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    from exports.cells import attach, fill
    from exports.styles import Style, add_styles, colour_words, light

    workbook = Workbook(write_only=True)
    add_styles(workbook)
    scratch = workbook.create_sheet("scratch")

    def look(style: Style, example: object) -> object:
        cell = WriteOnlyCell(scratch)
        fill(cell, example, style)
        return cell._style

    kinds = {str: look(Style.TEXT, "a"), int: look(Style.NUMBER, 1), date: look(Style.DATE, TODAY)}
    lights = {word: look(light(word), "a") for word in SEVERITIES}
    link = look(Style.LINK, "a")
    del workbook["scratch"]
    for title, share in SHARES:
        sheet, count = workbook.create_sheet(title), accounts * share // 10
        for n, width in enumerate(WIDTHS, 1):
            sheet.column_dimensions[chr(64 + n)].width = width
        sheet.freeze_panes = "C2"
        sheet.append([f"Column {n}" for n in range(len(WIDTHS))])
        for r, row in enumerate(account_rows(count), 2):
            sheet.row_dimensions[r].height = 15
            cells = []
            for c, value in enumerate(row):
                cell = WriteOnlyCell(sheet, value)
                cell._style = lights[value] if c == 14 else kinds[type(value)]
                if c == 3 and links:
                    cell._style = link
                    attach(cell, value)
                cells.append(cell)
            sheet.append(cells)
        sheet.auto_filter.ref = f"A1:T{count + 1}"
        words = [(word, light(word)) for word in SEVERITIES]
        colour_words(sheet, f"O2:O{count + 1}", words)
    workbook.save(path)


def limit(path: Path, accounts: int, links: bool) -> None:
    """The least any program could do: one text of all cells, compressed."""
    out = io.BytesIO()
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    letters = [chr(65 + n) for n in range(len(WIDTHS))]
    for _title, share in SHARES:
        for r, row in enumerate(account_rows(accounts * share // 10), 2):
            cells = [
                f'<c r="{letter}{r}" s="7" t="inlineStr"><is><t>{value}</t></is></c>'
                for letter, value in zip(letters, row, strict=True)
            ]
            out.write(packer.compress(f'<row r="{r}">{"".join(cells)}</row>'.encode()))
    out.write(packer.flush())
    path.write_bytes(out.getvalue())


CASES: dict[str, Callable[[Path, int, bool], None]] = {
    "limit": limit,
    "ours": ours,
    "XlsxWriter": xlsxwriter,
    "openpyxl": openpyxl_write_only,
}


def run_case(name: str, accounts: int, links: bool) -> None:
    """Run one case in this process and print seconds, processor seconds and megabytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out.xlsx"
        CASES[name](path, 10, links)  # what importing the libraries costs is not the question
        began, used = time.perf_counter(), time.process_time()
        CASES[name](path, accounts, links)
        wall, cpu = time.perf_counter() - began, time.process_time() - used
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(wall, cpu, memory, path.stat().st_size / 1e6)


def measure(name: str, accounts: int, links: bool) -> list[float]:
    """Run one case in a process of its own."""
    command = [sys.executable, __file__, "--case", name, "--accounts", str(accounts)]
    done = subprocess.run(
        [*command, *(["--links"] if links else [])], check=True, capture_output=True, text=True
    )
    return [float(figure) for figure in done.stdout.split()]


def main() -> None:
    """Print the table, or run the one case a child was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accounts", type=int, default=10_000)
    parser.add_argument("--case", choices=sorted(CASES))
    parser.add_argument("--links", action="store_true")
    chosen = parser.parse_args()
    if chosen.case:
        run_case(chosen.case, chosen.accounts, chosen.links)
        return
    print(f"styled workbook, {chosen.accounts:,} accounts; medians of {ROUNDS}")
    print(f"{'':22}{'wall s':>9}{'cpu s':>9}{'MB held':>9}{'MB file':>9}{'x limit':>9}  (of cpu s)")
    names = [(name, links) for links in (False, True) for name in CASES if name != "limit"]
    if importlib.util.find_spec("xlsxwriter") is None:
        names = [case for case in names if case[0] != "XlsxWriter"]
        print("XlsxWriter             not installed")
    names.insert(0, ("limit", False))
    taken: dict[tuple[str, bool], list[list[float]]] = {case: [] for case in names}
    for _round in range(ROUNDS):
        for case in names:
            taken[case].append(measure(case[0], chosen.accounts, case[1]))
    least = statistics.median(figures[1] for figures in taken["limit", False])
    for (name, links), figures in taken.items():
        wall, cpu, memory, size = (
            statistics.median(column) for column in zip(*figures, strict=True)
        )
        label = name + (", links" if links else "")
        print(f"{label:22}{wall:9.2f}{cpu:9.2f}{memory:9.0f}{size:9.1f}{cpu / least:9.2f}")


if __name__ == "__main__":
    main()
