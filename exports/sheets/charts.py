"""The charts of the summary: few colours, words beside them, every value in a table next to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from exports.styles import INK
from inventory.safe_text import visible

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

# From dark to light, so that a grey print still tells them apart.
COLOURS = ("1F3864", "C0504D", "F6A623", "8FAADC")
_CENTIMETRES_A_BAR = 0.62


@dataclass(frozen=True, slots=True)
class Source:
    """Where a chart's numbers stand: the rows of its table, its words, and a column a series."""

    first_row: int
    last_row: int
    words_column: int
    series: Sequence[tuple[str, int]]
    colours: Sequence[str] = COLOURS


def stacked_bars(
    tab: "Worksheet", at: str, title: str, source: Source, *, lying: bool, size: tuple[float, float]
) -> None:
    """Draw one bar a row of the table, its series end to end; lying bars begin at the top."""
    from openpyxl.chart import BarChart

    chart = BarChart()
    chart.type = "bar" if lying else "col"
    chart.grouping = "stacked"
    chart.overlap = 100
    chart.gapWidth = 45
    if lying:
        chart.x_axis.scaling.orientation = "maxMin"
    _finish(tab, chart, title, source, size)
    for series, colour in zip(chart.series, source.colours, strict=False):
        series.graphicalProperties.solidFill = colour
        series.graphicalProperties.line.solidFill = "FFFFFF"
    tab.add_chart(chart, at)


def lines(
    tab: "Worksheet", at: str, title: str, source: Source, *, size: tuple[float, float]
) -> None:
    """Draw one line a series over the rows of the table."""
    from openpyxl.chart import LineChart

    chart = LineChart()
    _finish(tab, chart, title, source, size)
    for series, colour in zip(chart.series, source.colours, strict=False):
        series.smooth = False
        series.graphicalProperties.line.solidFill = colour
        series.graphicalProperties.line.width = 28_000  # EMU
        series.marker.symbol = "circle"
        series.marker.size = 7
        series.marker.graphicalProperties.solidFill = colour
        series.marker.graphicalProperties.line.solidFill = colour
    tab.add_chart(chart, at)


def bar_chart_height(bars: int) -> float:
    """Return how tall, in centimetres, a chart of so many lying bars must be to be read."""
    return max(7.0, 3.0 + bars * _CENTIMETRES_A_BAR)


def _finish(
    tab: "Worksheet", chart: Any, title: str, source: Source, size: tuple[float, float]
) -> None:
    from openpyxl.chart import Reference, Series
    from openpyxl.chart.series import SeriesLabel

    chart.title = visible(title)
    chart.title.tx.rich.p[0].r[0].rPr = _letters(1100, bold=True)
    chart.title.overlay = False
    chart.width, chart.height = size
    for name, column in source.series:
        values = Reference(tab, min_col=column, min_row=source.first_row, max_row=source.last_row)
        series = Series(values)
        series.tx = SeriesLabel(v=visible(name))
        chart.series.append(series)
    chart.set_categories(
        Reference(
            tab, min_col=source.words_column, min_row=source.first_row, max_row=source.last_row
        )
    )
    chart.legend.position = "b"
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.number_format = "#,##0"
    chart.y_axis.majorGridlines.spPr = _thin_lines()
    for axis in (chart.x_axis, chart.y_axis):
        axis.txPr = _axis_text()
    chart.roundedCorners = False


def _letters(size: int, *, bold: bool = False) -> Any:
    from openpyxl.drawing.text import CharacterProperties

    return CharacterProperties(sz=size, b=bold, solidFill=INK)


def _axis_text() -> Any:
    from openpyxl.chart.text import RichText
    from openpyxl.drawing.text import Paragraph, ParagraphProperties

    properties = ParagraphProperties(defRPr=_letters(800))
    return RichText(p=[Paragraph(pPr=properties, endParaRPr=_letters(800))])


def _thin_lines() -> Any:
    from openpyxl.chart.shapes import GraphicalProperties

    properties = GraphicalProperties()
    properties.line.solidFill = "D9D9D9"
    return properties
