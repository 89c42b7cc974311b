"""The actions of seeing for oneself: live checks, looking by hand, leads."""

from inventory.language import N_
from tui.action import Action, Scope

_SEEN = (
    ("saw_government", "g", "saw_badge('government')", N_("Government badge")),
    ("saw_organisation", "o", "saw_badge('organisation')", N_("Organisation badge")),
    ("saw_company", "c", "saw_badge('paid_organisation')", N_("Badge an organisation paid for")),
    ("saw_person", "p", "saw_badge('paid_person')", N_("Badge a person paid for")),
    ("saw_legacy", "l", "saw_badge('legacy')", N_("Badge of an older kind")),
    ("saw_some_badge", "v", "saw_badge('unspecified')", N_("Some badge, its kind unclear")),
    ("saw_no_badge", "n", "saw_badge('none')", N_("No badge")),
)
_BADGE_HELP = N_("Note which badge the account shows; what comes next is whether it exists.")
_EXISTS = (
    ("saw_it", "y", "saw_outcome('found')", N_("It exists")),
    ("saw_gone", "d", "saw_outcome('not_found')", N_("It does not exist")),
    ("saw_suspended", "t", "saw_outcome('suspended')", N_("Suspended")),
    ("saw_moved", "m", "saw_outcome('moved')", N_("Moved")),
    ("saw_private", "r", "saw_outcome('private')", N_("Private")),
    ("saw_wall", "w", "saw_outcome('login_wall')", N_("Only a login page")),
)
_EXISTS_HELP = N_("Keep what was seen of the account as one change, and go on to the next.")

CHECKS: tuple[Action, ...] = (
    Action(
        "check",
        N_("Live check"),
        N_("Ask the platforms what is true today; --dry-run shows whom it would ask."),
        Scope.APP,
        keys=("6",),
        does="show('check')",
        verb="check",
        undoable=True,
    ),
    Action(
        "observe",
        N_("By hand"),
        N_("Look at accounts in the browser one after another; two keys record what was seen."),
        Scope.APP,
        keys=("7",),
        does="show('observe')",
        verb="observe",
        undoable=True,
    ),
    Action(
        "leads",
        N_("Leads"),
        N_("Accounts that websites name and the inventory lacks: accept, reject; and gaps."),
        Scope.APP,
        keys=("8",),
        does="show('leads')",
        verb="leads",
        undoable=True,
    ),
    Action(
        "start_check",
        N_("Start"),
        N_("Ask everybody the plan names; Esc stops at once and keeps what was learnt."),
        Scope.CHECK,
        keys=("r", "ctrl+s"),
        does="start_check",
    ),
    Action(
        "resume_check",
        N_("Go on"),
        N_("Go on with the check that was not finished."),
        Scope.CHECK,
        keys=("e",),
        does="resume_check",
    ),
    Action(
        "check_age",
        N_("Older than"),
        N_("Leave alone what a probe could tell more recently than this."),
        Scope.CHECK,
        keys=("o",),
        does="check_age",
    ),
    Action(
        "check_websites",
        N_("Websites"),
        N_("Read the official websites of the organisations too, or not."),
        Scope.CHECK,
        keys=("w",),
        does="check_websites",
    ),
    Action(
        "check_pages",
        N_("Pages of platforms"),
        N_("Switch on a platform whose terms forbid programs, after reading what to know of it."),
        Scope.CHECK,
        keys=("p",),
        does="check_pages",
    ),
    Action(
        "check_network",
        N_("Network"),
        N_("Work offline: nobody is asked, the plan is all there is; or online again."),
        Scope.CHECK,
        keys=("n",),
        does="check_network",
        in_footer=False,
    ),
    Action(
        "open_page",
        N_("Open"),
        N_("Open the account in the browser; without a display its address is copied."),
        Scope.OBSERVE,
        keys=("enter",),
        does="open_page",
    ),
    Action(
        "look_back",
        N_("Go back"),
        N_("Choose the badge again, or take back the last look and show its account again."),
        Scope.OBSERVE,
        keys=("b", "backspace"),
        does="look_back",
    ),
    Action(
        "skip_account",
        N_("Skip"),
        N_("Go on to the next account and record nothing of this one."),
        Scope.OBSERVE,
        keys=("s",),
        does="skip_account",
    ),
    *(
        Action(name, title, _BADGE_HELP, Scope.OBSERVE, (key,), does, in_footer=False)
        for name, key, does, title in _SEEN
    ),
    *(
        Action(name, title, _EXISTS_HELP, Scope.OBSERVE, (key,), does, in_footer=False)
        for name, key, does, title in _EXISTS
    ),
    Action(
        "could_not_tell",
        N_("Could not tell"),
        N_("Say that the badge, or then whether it exists, could not be told."),
        Scope.OBSERVE,
        keys=("k", "0"),
        does="could_not_tell",
        in_footer=False,
    ),
    Action(
        "last_post_seen",
        N_("Last post"),
        N_("Type the day of the newest post, before saying that the account exists."),
        Scope.OBSERVE,
        keys=("e",),
        does="last_post_seen",
    ),
    Action(
        "open_each",
        N_("Open each"),
        N_("Open every account in the browser by itself as its turn comes, or not."),
        Scope.OBSERVE,
        keys=("f",),
        does="open_each",
    ),
    Action(
        "who_looks",
        N_("Who looks"),
        N_("Name the post that what was seen is recorded under."),
        Scope.OBSERVE,
        keys=("h",),
        does="who_looks",
    ),
    Action(
        "accept_lead",
        N_("Accept"),
        N_("Record the account of the lead under the cursor, its official status unknown."),
        Scope.LEADS,
        keys=("y",),
        does="accept_lead",
        undoable=True,
    ),
    Action(
        "reject_lead",
        N_("Reject"),
        N_("Put the lead under the cursor on the deny list, with a reason."),
        Scope.LEADS,
        keys=("r",),
        does="reject_lead",
        undoable=True,
    ),
)
