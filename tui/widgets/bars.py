"""Numbers drawn with block characters; the number itself always stands beside the drawing."""

from collections.abc import Sequence

EIGHTHS = " ▏▎▍▌▋▊▉█"
HEIGHTS = "▁▂▃▄▅▆▇█"
UNKNOWN_FILL, REST_FILL = "░", "·"

_DIGITS = {
    "0": ("┏━┓", "┃ ┃", "┗━┛"),
    "1": ("╺┓ ", " ┃ ", "╺┻╸"),
    "2": ("╺━┓", "┏━┛", "┗━╸"),
    "3": ("╺━┓", " ━┫", "╺━┛"),
    "4": ("╻ ╻", "┗━┫", "  ╹"),
    "5": ("┏━╸", "┗━┓", "╺━┛"),
    "6": ("┏━╸", "┣━┓", "┗━┛"),
    "7": ("╺━┓", "  ┃", "  ╹"),
    "8": ("┏━┓", "┣━┫", "┗━┛"),
    "9": ("┏━┓", "┗━┫", "╺━┛"),
    ",": (" ", " ", "╹"),
}


def bar(number: int, largest: int, cells: int) -> str:
    """Return a bar for `number` where `largest` takes `cells` cells; what there is shows."""
    if number <= 0 or largest <= 0 or cells <= 0:
        return ""
    eighths = max(1, min(8 * cells, round(8 * cells * number / largest)))
    return EIGHTHS[8] * (eighths // 8) + EIGHTHS[eighths % 8].strip()


def shares(number: int, unknown: int, rest: int, cells: int) -> tuple[str, str, str]:
    """Return three pieces that fill `cells` cells: a bar, what is not known, and the rest."""
    total = number + unknown + rest
    if total <= 0:
        return "", "", REST_FILL * cells
    solid = bar(number, total, cells)
    if unknown and len(solid) == cells > 1:
        solid = solid[:-1]
    least = 1 if unknown else 0
    room = cells - len(solid)
    open_cells = min(room, max(least, round(cells * (number + unknown) / total) - len(solid)))
    return solid, UNKNOWN_FILL * open_cells, REST_FILL * (room - open_cells)


def sparkline(values: Sequence[int]) -> str:
    """Return one block a value, from nothing to the largest of them."""
    largest = max(values, default=0)
    steps = len(HEIGHTS) - 1
    return "".join(HEIGHTS[round(steps * value / largest) if largest else 0] for value in values)


def big_digits(text: str) -> tuple[str, str, str]:
    """Return three lines that show the digits of `text` large."""
    known = [_DIGITS[char] for char in text if char in _DIGITS]
    top, middle, bottom = ("".join(digit[line] for digit in known) for line in range(3))
    return top, middle, bottom
