"""What the page of the live check says: the order, its plan, how far it is, what came of it."""

from collections import Counter
from collections.abc import Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

from audits.probes.check_ledger import Check
from audits.probes.check_outcomes import LastCheck
from audits.probes.check_plan import CheckPlan, Left, LeftOut
from audits.probes.check_sites import REQUESTS
from audits.probes.sightings import Outcome
from inventory.language import _
from inventory.safe_text import visible
from tui.check_order import CheckState, Order
from tui.field_words import day_text
from tui.going import Accounts, Ask, ByHand, Seen
from tui.jobs import bar
from tui.platform_names import platform_name
from tui.text import BAD, GOOD, HEAD, QUIET, STRONG, WARN, T
from tui.widgets.labelled import LABEL_CELLS, labelled
from tui.widgets.lines import Line, Piece, line, piece, spread, wrapped_pieces

if TYPE_CHECKING:
    from audits.probes.check_progress import CheckProgress, SiteProgress

_LOOKS = {
    Outcome.FOUND: GOOD,
    Outcome.NOT_FOUND: BAD,
    Outcome.SUSPENDED: BAD,
    Outcome.UNKNOWN: WARN,
}
_WORTH_TELLING = 1.0  # seconds of a wait


def duration(seconds: float) -> str:
    """Say how long something takes, to the second, the minute from an hour on."""
    whole = round(seconds)
    hours, minutes = divmod(whole // 60, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {whole % 60} s" if minutes else f"{whole} s"


def price(cost: float) -> str:
    """Say what something costs; a dash for nothing."""
    return f"US$ {cost:,.2f}" if cost else "–"


def order_lines(order: Order, state: CheckState | None, width: int) -> list[Line]:
    """Say what is to be checked, each part with the action that changes it."""
    lines = [line(piece(_("The next check"), HEAD))]
    which = [piece(order.query or _("all accounts"), STRONG, Ask("search"))]
    if state is not None:
        plan = state.plan
        count = plan.accounts + len(plan.left_out)
        words = _("{number} accounts").format(number=f"{count:,}")
        which.append(piece(words, "", Accounts(order.query)))
    lines += labelled(_("Accounts"), which, width)
    age = _("not told of in {age}").format(age=order.older_than) if order.older_than else ""
    lines += labelled(
        _("Only those"), [piece(age or _("– every one"), "", Ask("check_age"))], width
    )
    sites = _("not read")
    if order.websites:
        number = f"{len(state.sites):,}" if state is not None else "…"
        sites = _("{number} are read for links, and for leads").format(number=number)
    lines += labelled(_("Websites"), [piece(sites, "", Ask("check_websites"))], width)
    pages = ", ".join(platform_name(one) for one in sorted(order.opted_in))
    shown = piece(pages or _("all off"), WARN if pages else "", Ask("check_pages"))
    lines += labelled(_("Platform pages"), [shown], width)
    if order.offline:
        offline = piece(_("offline: nobody is asked"), WARN, Ask("check_network"))
        lines += labelled(_("Network"), [offline], width)
    return lines


def start_lines(state: CheckState | None, order: Order, width: int) -> list[Line]:
    """Offer to start, and to go on with a check that was not finished."""
    if state is None:
        return [line(piece(_("reading …"), QUIET))]
    start = piece(_(" Start the check "), f"bold reverse {HEAD}", Ask("start_check"))
    hint = piece(_("r starts it, Esc stops it and keeps what was learnt"), QUIET)
    lines = wrapped_pieces([piece(" " * LABEL_CELLS), start, hint], width, "")
    left = state.unfinished
    if left is not None:
        lines += [(), *_unfinished(left, width)]
    return lines


def _unfinished(left: Check, width: int) -> list[Line]:
    words = _("Check {number} of {day} has {left} of {all} left.").format(
        number=left.number,
        day=day_text(left.begun_at.astimezone().date()),
        left=f"{left.left:,}",
        all=f"{left.subjects:,}",
    )
    button = piece(_(" Go on with it "), "reverse", Ask("resume_check"))
    return wrapped_pieces([piece(words, WARN), button, piece(_("e goes on"), QUIET)], width, "  ")


def plan_lines(plan: CheckPlan, sites: int, width: int) -> list[Line]:
    """Say who is asked, how often, for how long at least, and at what price."""
    titles = [_("accounts"), _("requests"), _("at least"), _("cost")]
    columns = [max(8, len(titles[0])), max(8, len(titles[1])), 10, 10]
    widths = [max(12, width - sum(columns) - len(columns)), *columns]
    lines = [spread([piece(_("Whom it asks"), HEAD), *(piece(t, QUIET) for t in titles)], widths)]
    for one in plan.assignments:
        cells = [one.adapter.name, f"{len(one.asks):,}", f"{one.requests:,}"]
        cells += [duration(one.seconds), price(one.cost)]
        looks = ["", "", "", "", BAD if one.cost else QUIET]
        lines.append(spread([piece(c, k) for c, k in zip(cells, looks, strict=True)], widths))
    if sites:
        cells = [_("official websites"), f"{sites:,}", f"{sites * REQUESTS:,}", "–", "–"]
        lines.append(spread([piece(cell) for cell in cells], widths))
    if len(lines) == 1:
        return [*lines, line(piece(_("Nobody: no probe can tell of these accounts."), QUIET))]
    cells = [_("together"), f"{plan.accounts:,}", f"{plan.requests + sites * REQUESTS:,}"]
    cells += [duration(plan.seconds), price(plan.cost)]
    return [*lines, spread([piece(cell, STRONG) for cell in cells], widths)]


def left_lines(plan: CheckPlan, width: int) -> list[Line]:
    """Say which accounts nobody is asked about and why; people can look at most of them."""
    if not plan.left_out:
        return []
    heads = [piece(_("Left out"), HEAD), piece(_("accounts"), QUIET)]
    widths = [max(12, width - 12), 10]
    lines = [spread(heads, widths)]
    counted = Counter((one.why, one.needs, _platform_of(one)) for one in plan.left_out)
    for (why, needs, platform), count in sorted(counted.items(), key=lambda one: -one[1]):
        words = _("by hand, unless p switches its pages on") if why is Left.OPT_IN else why.label
        what = f"{words}: {needs}" if needs else words
        name = f"{platform_name(platform)}: {what}" if platform else what
        opens = ByHand(f"{plan.query} platform:{platform}".strip()) if platform else None
        lines.append(spread([piece(name), piece(f"{count:,}", "", opens)], widths))
    if any(one.why is not Left.FRESH for one in plan.left_out):
        every = piece(_("look at them by hand"), "underline", ByHand(plan.query))
        lines.append(line(every, piece("  7", QUIET)))
    return lines


def _platform_of(one: LeftOut) -> str:
    return "" if one.why is Left.FRESH else one.candidate.platform


def progress_lines(
    progress: "CheckProgress | None", width: int, seconds: float, *, stopping: bool
) -> list[Line]:
    """Say how far each queue is and what it waits for."""
    title = _("Stopping …") if stopping else _("Asking")
    hint = _("what was learnt is kept") if stopping else _("Esc stops at once and keeps it all")
    lines = wrapped_pieces([piece(title, HEAD), piece(hint, QUIET)], width, "  ")
    if progress is None:
        return [*lines, (Piece(bar(0, 0, width, seconds)),)]
    drawn = bar(progress.done, progress.total, width, seconds)
    lines.append((Piece(drawn),))
    columns = [15]
    widths = [max(12, width - 16), *columns]
    for one in progress.sites:
        mark = "✓ " if one.ended else "▸ "
        count = _("{done} of {total}").format(done=f"{one.done:,}", total=f"{one.total:,}")
        name = piece(f"{mark}{one.name}{_waits(one)}", GOOD if one.ended else "")
        lines.append(spread([name, piece(count)], widths))
        lines += _sentences(one.note, width, WARN) if one.note else []
    return lines


def _waits(one: "SiteProgress") -> str:
    if one.why is None or one.ended:
        return ""
    pause = f" {duration(one.seconds)}" if one.seconds >= _WORTH_TELLING else ""
    where = f" ({one.site})" if one.site != one.name else ""
    return f" – {one.why.label}{pause}{where}"


def last_lines(last: LastCheck, leads: int, notes: Sequence[str], width: int) -> list[Line]:
    """Say what the newest check came to; every figure opens its accounts."""
    day = day_text(last.begun_at[:10])
    title = _("Check {number} of {day}").format(number=last.number, day=day)
    about = last.query or _("all accounts")
    lines = wrapped_pieces([piece(title, HEAD), piece(about, QUIET)], width, "  ")
    widths = [max(12, min(60, width - 10)), 9]
    for outcome, count in sorted(last.outcomes.items(), key=lambda pair: -pair[1]):
        opens = Seen(last.begun_at, outcome.value)
        figure = piece(f"{count:,}", STRONG, opens)
        lines.append(spread([piece(outcome.label, _LOOKS.get(outcome, "")), figure], widths))
        if outcome is Outcome.UNKNOWN:
            lines += _reasons(last, widths)
    if not last.outcomes:
        lines.append(line(piece(_("Nothing was learnt of any account yet."), QUIET)))
    new = piece(f"{last.leads:,}", STRONG, Ask("leads") if leads else None)
    lines.append(spread([piece(_("leads found, still open")), new], widths))
    for note in notes:
        lines += _sentences(note, width, WARN)
    return lines


def _reasons(last: LastCheck, widths: Sequence[int]) -> list[Line]:
    lines = []
    for reason, count in sorted(last.reasons.items(), key=lambda pair: -pair[1]):
        words = f"  {reason.label}" if reason is not None else "  –"
        opens = Seen(last.begun_at, Outcome.UNKNOWN.value, reason.value) if reason else None
        lines.append(spread([piece(words, QUIET), piece(f"{count:,}", QUIET, opens)], widths))
    return lines


def _sentences(text: str, width: int, look: str) -> list[Line]:
    return [(Piece(T(part, look)),) for part in wrap(visible(text), max(8, width))]
