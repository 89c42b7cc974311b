"""Numbers as cells that open what they count, and the looks of severities and flags."""

from collections.abc import Sequence

from audits.flags import Flag
from audits.rules import Severity
from tui.going import Target
from tui.text import BAD, HEAD, QUIET, WARN
from tui.widgets.lines import Line, Piece, piece, spread

NOTHING = "–"

SEVERITY_LOOKS = {
    Severity.CRITICAL: BAD,
    Severity.HIGH: "$text-error",
    Severity.MEDIUM: WARN,
    Severity.LOW: "",
    Severity.INFO: QUIET,
}
FLAG_LOOKS = {
    Flag.UNOFFICIAL: "$text-error",
    Flag.UNVERIFIED: WARN,
    Flag.UNMONITORABLE: WARN,
    Flag.INDIVIDUAL: "$text-error",
}

BAR_LOOKS = {
    Flag.UNOFFICIAL: "$error",
    Flag.UNVERIFIED: "$warning",
    Flag.UNMONITORABLE: "$warning",
    Flag.INDIVIDUAL: "$error",
}


def number(count: int, opens: Target, look: str = "") -> Piece:
    """Return a number that opens what it counts; nothing is a dash and opens nothing."""
    return piece(f"{count:,}", look, opens) if count else piece(NOTHING, QUIET)


def headed(title: str, *titles: str, widths: Sequence[int]) -> Line:
    """Return the heading of a section with those of its columns."""
    return spread([piece(title, HEAD), *(piece(one, QUIET) for one in titles)], widths)
