"""A table on the screen: what is painted, from which state, and where the real cursor stands."""

from collections.abc import Iterable

from textual.geometry import Offset, Region
from textual.strip import Strip
from textual.widget import Widget

from inventory.language import _
from tui.table import look
from tui.table.columns import Column
from tui.table.geometry import geometry
from tui.table.line_editor import Line
from tui.table.listing import Listing
from tui.table.paint import Count, CountText, Scene
from tui.table.rows import Order
from tui.table.selection import Selection


class Canvas(Widget):
    """The state of a table and its picture; what changes the state calls `_repaint()`."""

    def __init__(
        self,
        listing: Listing,
        columns: Iterable[Column],
        *,
        empty_message: str,
        no_match_message: str | None,
        counter: CountText,
        name: str | None,
        id: str | None,  # noqa: A002 (Textual's own name)
        classes: str | None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._listing = listing
        self._columns = tuple(columns)
        self._empty_message = empty_message
        self._no_match_message = no_match_message
        self._counter = counter
        self._selection = Selection()
        self._line = Line()
        self._typing = False
        self._order: tuple[Order, ...] = ()
        self._column = 0
        self._geometry = geometry(0, 0, self._columns)
        self._palette: look.Palette | None = None
        self._scene: Scene | None = None

    def _repaint(self, *regions: Region) -> None:
        self._scene = None
        self.refresh(*regions)

    def _lay_out(self) -> None:
        """Fit everything to the size and the columns there are now."""
        width, height = self.content_size
        self._geometry = geometry(width, height, self._columns, self._geometry.offset)
        seen = self._listing.in_sight or not self._listing.body
        self._listing.body = self._geometry.body
        if seen:
            self._listing.show_cursor()
        else:
            self._listing.scroll(self._listing.top)
        self._scene = None

    def notify_style_update(self) -> None:
        self._palette = self._scene = None
        super().notify_style_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        # The first paint after a resize comes before its event, so the size is looked at here.
        if self.content_size != (self._geometry.width, self._geometry.height):
            self._lay_out()
        if self.has_focus:
            self.app.cursor_position = self.content_region.offset + self._hardware_cursor()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        if self._scene is None:
            self._scene = self._make_scene()
        return self._scene.strip(y)

    def _hardware_cursor(self) -> Offset:
        """Where a screen reader or a magnifier should look: the typing cursor, else the row."""
        geometry, listing = self._geometry, self._listing
        if self._typing:
            scene = self._scene or self._make_scene()
            return Offset(scene.typing_at(), max(0, geometry.height - 1))
        line = max(0, min(listing.cursor - listing.top, geometry.body - 1))
        return Offset(0, geometry.header + line)

    def _make_scene(self) -> Scene:
        listing = self._listing
        if self._palette is None:
            self._palette = look.Palette(self)
        return Scene(
            geometry=self._geometry,
            palette=self._palette,
            window=listing.window,
            selection=self._selection,
            top=listing.top,
            cursor=listing.cursor,
            column=self._column,
            order=self._order,
            line=self._line,
            typing=self._typing,
            hint=_("search"),
            count=self._counter(
                Count(
                    matches=len(listing) if listing.complete else None,
                    total=listing.total,
                    selected=len(self._selection),
                )
            ),
            empty=self._empty_text(),
        )

    def _empty_text(self) -> str:
        if not self._listing.complete:
            return ""
        if self._line.text:
            return self._no_match_message or _("Nothing matches this search.")
        return self._empty_message
