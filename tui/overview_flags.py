"""The four flags on the overview: a line each, or large side by side."""

from collections.abc import Mapping

from audits.figures import Count
from audits.flags import Flag, Raised
from inventory.language import _
from tui.figure_cells import BAR_LOOKS, FLAG_LOOKS, headed, number
from tui.going import Accounts
from tui.text import GOOD, HEAD, QUIET, T
from tui.widgets.bars import big_digits, shares
from tui.widgets.lines import Line, Piece, line, piece, spread, wrapped_pieces

Flags = Mapping[Flag, Mapping[Raised, Count]]


def flag_lines(flags: Flags, width: int) -> list[Line]:
    """Give the four flags, one a line: a bar, then how many yes, no and not assessed."""
    titles = (_("yes"), "", _("no"), _("not assessed"))
    last = max(5, len(titles[3]))
    name = max(len(flag.label) for flag in Flag) + 1
    widths = [name, max(4, width - name - last - 6 - 5 - 6 - 5), 6, 5, 6, last]
    lines = [headed(_("The four flags"), "", *titles, widths=widths)]
    for flag, counts in flags.items():
        yes, no, unknown = (counts[one] for one in (Raised.YES, Raised.NO, Raised.NOT_ASSESSED))
        drawn = _bar(flag, yes.number, unknown.number, no.number, widths[1])
        lines.append(
            spread(
                [
                    piece(flag.label),
                    drawn,
                    number(yes.number, Accounts(yes.search), _flag_look(flag, yes.number)),
                    piece(_percent(yes.number, counts), QUIET),
                    number(no.number, Accounts(no.search)),
                    number(unknown.number, Accounts(unknown.search), QUIET),
                ],
                widths,
            )
        )
    return lines


def flag_tile(flag: Flag, counts: Mapping[Raised, Count], width: int) -> list[Line]:
    """Give one flag large: the number of yes in big digits, the bar, and the others below."""
    yes, no, unknown = (counts[one] for one in (Raised.YES, Raised.NO, Raised.NOT_ASSESSED))
    opens = Accounts(yes.search) if yes.number else None
    total = sum(count.number for count in counts.values())
    beside = (
        piece(""),
        piece("  " + _("yes, of {total}").format(total=f"{total:,}")),
        piece("  " + _percent(yes.number, counts), QUIET),
    )
    look = _flag_look(flag, yes.number)
    digits = big_digits(f"{yes.number:,}")
    others = [
        piece(_("{number} no").format(number=f"{no.number:,}"), "", _opened(no)),
        piece(
            _("{number} not assessed").format(number=f"{unknown.number:,}"),
            QUIET,
            _opened(unknown),
        ),
    ]
    return [
        line(piece(flag.label, HEAD)),
        *(
            line(piece(drawn, look, opens), said)
            for drawn, said in zip(digits, beside, strict=True)
        ),
        line(_bar(flag, yes.number, unknown.number, no.number, width)),
        *wrapped_pieces(others, width, "  "),
    ]


def _opened(count: Count) -> Accounts | None:
    return Accounts(count.search) if count.number else None


def _flag_look(flag: Flag, yes: int) -> str:
    return FLAG_LOOKS[flag] if yes else GOOD


def _bar(flag: Flag, yes: int, unknown: int, no: int, width: int) -> Piece:
    solid, unclear, rest = shares(yes, unknown, no, width)
    return Piece(T(solid, BAR_LOOKS[flag]) + T(unclear, "$text-muted") + T(rest, QUIET))


def _percent(part: int, counts: Mapping[Raised, Count]) -> str:
    total = sum(count.number for count in counts.values())
    return f"{100 * part / total:.0f}%" if total else ""
