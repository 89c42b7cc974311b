"""What a table tells the screen it stands on."""

from textual.message import Message

from tui.table.rows import Order


class RowHighlighted(Message):
    """The cursor came to stand on another row; None when the list has become empty."""

    def __init__(self, row_id: int | None) -> None:
        super().__init__()
        self.row_id = row_id


class RowSelected(Message):
    """The user asked for the row: Enter or a double click."""

    def __init__(self, row_id: int) -> None:
        super().__init__()
        self.row_id = row_id


class FilterChanged(Message):
    """The search text is another one; sent at every key."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class SortChanged(Message):
    """The rows stand in another order; an empty one is the source's own."""

    def __init__(self, order: tuple[Order, ...]) -> None:
        super().__init__()
        self.order = order


class CountChanged(Message):
    """Rows that match; while `pending`, the ones found so far."""

    def __init__(self, count: int, pending: bool) -> None:
        super().__init__()
        self.count = count
        self.pending = pending


class SelectionChanged(Message):
    """Another number of rows is selected."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count


class QueryFailed(Message):
    """The rows could not be read; those shown stay. `reason` is the source's own, untrusted."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason
