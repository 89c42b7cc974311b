"""The keys of a table; each has an id, under which it can be given other keys."""

from textual.binding import Binding, BindingType

from inventory.language import N_

BINDINGS: list[BindingType] = [
    Binding(keys, action, description, show=False, id=f"table.{name}")
    for name, keys, action, description in (
        ("up", "up,k", "move(-1)", N_("Up")),
        ("down", "down,j", "move(1)", N_("Down")),
        ("page-up", "pageup", "page(-1.0)", N_("Page up")),
        ("page-down", "pagedown", "page(1.0)", N_("Page down")),
        ("half-up", "ctrl+u", "page(-0.5)", N_("Half a page up")),
        ("half-down", "ctrl+d", "page(0.5)", N_("Half a page down")),
        ("first", "home,ctrl+home,g", "first", N_("First row")),
        ("last", "end,ctrl+end,G", "last", N_("Last row")),
        ("left", "left,h", "column(-1)", N_("Column to the left")),
        ("right", "right,l", "column(1)", N_("Column to the right")),
        ("open", "enter", "select_row", N_("Open")),
        ("filter", "slash", "start_filter", N_("Search")),
        ("sort", "s", "sort", N_("Sort by this column, again to reverse")),
        ("sort-add", "S", "sort_also", N_("Sort also by this column")),
        ("select", "space", "toggle_row", N_("Select")),
        ("select-up", "shift+up,K", "extend(-1)", N_("Select upwards")),
        ("select-down", "shift+down,J", "extend(1)", N_("Select downwards")),
        ("select-all", "asterisk,ctrl+a", "select_matches", N_("Select all matches")),
        ("select-invert", "exclamation_mark", "invert_matches", N_("Invert the selection")),
    )
]
