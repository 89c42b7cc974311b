"""What happened, in order: who opened the register, listed, answered, renamed, lost and found."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from inventory.actor import Actor
from inventory.change import Change
from inventory.record import Evidence, Observation
from inventory.vocabulary import OrganisationStatus
from tui.demo.answers import Asked, answers
from tui.demo.care import habits_of
from tui.demo.dossier import attestations, evidence, sightings
from tui.demo.draws import drawn
from tui.demo.looks import looks
from tui.demo.organisations import Body, bodies
from tui.demo.presences import FIRST_INTAKE, LAST_INTAKE, LATE_INTAKE, Presence
from tui.demo.register import REGISTER_OPENED, Register, body_on
from tui.demo.turns import turns

AUDITOR = Actor("Juruaudit ICT", "juruaudit", -1, "demo")
SECRETARIAT = Actor("Urus Setia Inventori Media Sosial", "urusetia", -1, "demo")
AUDITS = (180, 90, 0)
"""How many days before today the three audits were run."""

# Days before today, and how many ministries and states answered in one go.
_ROUNDS = ((200, 1), (106, 6), (10, 3))
_QUESTIONS = (
    "Maklum balas pusingan pertama soal selidik pemilikan dan pemantauan",
    "Answers to the second round of questions, after the first audit",
    "Maklum balas pusingan ketiga dan semakan rekod",
)
_GRACE = 30


@dataclass(frozen=True, slots=True)
class Event:
    """One change of the story: how many days ago, at what minute of the day, by whom, why."""

    days: int
    minute: int
    actor: Actor
    reason: str
    apply: Callable[[Change], None]
    source: str | None = None


def story(register: Register, presences: Sequence[Presence]) -> list[Event]:
    """Return every event, in the order of time."""
    events = [
        _opening(register),
        *_intakes(register, presences),
        *_rounds(register, presences),
        *turns(register, presences, Event, AUDITOR),
        *looks(register, presences, Event, AUDITOR),
    ]
    return sorted(events, key=lambda event: (-event.days, event.minute))


def unit_of(body: Body) -> Actor:
    """Return the unit that answers for a ministry or state and what is under it."""
    return Actor(
        f"Unit Komunikasi Korporat, {body.name_ms}", f"ukk-{body.short.lower()}", -1, "demo"
    )


def _opening(register: Register) -> Event:
    def apply(change: Change) -> None:
        register.add_organisations(change, bodies(), register.ago(REGISTER_OPENED))

    reason = "Daftar organisasi dibuka / Register of organisations opened"
    return Event(REGISTER_OPENED, 9 * 60, AUDITOR, reason, apply, "daftar_organisasi.csv")


def _intakes(register: Register, presences: Sequence[Presence]) -> Iterator[Event]:
    lists = {
        FIRST_INTAKE: "Import senarai akaun yang dihantar oleh kementerian dan agensi",
        LATE_INTAKE: "Import of accounts found while monitoring",
        LAST_INTAKE: "Import akaun baharu daripada semakan mingguan",
    }
    names = {
        FIRST_INTAKE: "senarai_akaun",
        LATE_INTAKE: "found_while_monitoring",
        LAST_INTAKE: "semakan_mingguan",
    }
    order = sorted(presences, key=lambda p: (-p.intake, _list_of(p)))
    for (days, part), group in groupby(order, key=lambda p: (p.intake, _list_of(p))):
        listed = tuple(group)
        source = f"{names.get(days, 'aduan')}_{part}_{days}.csv"
        reason = lists.get(days, "Akaun baharu direkodkan selepas aduan")
        minute = 10 * 60 + 20 * ("kementerian", "agensi", "negeri").index(part)
        apply = partial(register.add_accounts, presences=listed, source=source)
        yield Event(days, minute, AUDITOR, reason, apply, source)


def _list_of(presence: Presence) -> str:
    if presence.body.is_ministry:
        return "kementerian"
    return "negeri" if presence.body.parent in ("NCB", "NTL") else "agensi"


def _rounds(register: Register, presences: Sequence[Presence]) -> Iterator[Event]:
    everyone = tuple(bodies())
    roots = [body for body in everyone if body.parent is None]
    for turn, (first, together) in enumerate(_ROUNDS):
        for start in range(0, len(roots), together):
            group = roots[start : start + together]
            names = {root.short for root in group}
            days = first - drawn(6, "round", *sorted(names))
            asked = [
                presence
                for presence in presences
                if names & {presence.body.short, presence.body.parent}
                and presence.intake - _GRACE > days
            ]
            under = [body for body in everyone if names & {body.short, body.parent}]
            actor = unit_of(body_on(group[0], days)) if together == 1 else SECRETARIAT
            minute = 8 * 60 + 30 + drawn(8 * 60, "minute", group[0].short, str(turn))
            apply = partial(_answer, register, asked, under, days, turn)
            yield Event(days, minute, actor, _QUESTIONS[turn], apply)


def _answer(
    register: Register,
    asked: Sequence[Presence],
    under: Sequence[Body],
    days: int,
    turn: int,
    change: Change,
) -> None:
    day = register.ago(days)
    proofs: list[Evidence] = []
    seen: list[Observation] = []
    for presence in asked:
        row_id = register.accounts[presence.seed]
        question = Asked(presence, body_on(presence.body, days), day, register.today, turn)
        habits = habits_of(presence)
        given = answers(question, habits)
        free = {name: value for name, value in given.items() if name not in presence.fixed}
        register.edit(change, presence, free)
        proofs += evidence(question, habits, row_id)
        seen += sightings(question, habits, row_id)
    change.add_many(proofs)
    change.add_many(seen)
    change.add_many(
        statement
        for body in under
        if body.status is OrganisationStatus.ACTIVE
        for statement in attestations(body, register.organisations[body.short], day, turn)
    )
