"""The turns of the story: what was renamed, merged, lost, reported and linked on single days."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TypeVar

from inventory.actor import Actor
from inventory.change import Change
from inventory.identity import Identity, identify
from inventory.record import (
    AccountKey,
    AccountRelation,
    Attestation,
    Organisation,
    OrganisationName,
)
from inventory.vocabulary import (
    AccountClass,
    AttestationTopic,
    KeyStatus,
    NameKind,
    OrganisationStatus,
    RelationKind,
)
from tui.demo.cases import ALIKE
from tui.demo.dossier import filed_proof
from tui.demo.draws import public_id
from tui.demo.organisations import FORMER_NAMES, Body, bodies
from tui.demo.presences import Presence, Proof, written
from tui.demo.register import REGISTER_OPENED, Register

_WHY = {
    "detected_on": "Akaun penyamaran dikesan",
    "reported_on": "Laporan dibuat kepada platform",
    "report_followed_up_on": "Reminder sent to the platform",
    "disposition_on": "Keputusan ke atas akaun direkodkan",
    "badge_seen_on": "Tanda pengesahan dilihat semula",
    "closed_on": "Akaun ditamatkan",
    "last_post_seen_on": "Last post looked up",
}
_MERGED_ON, _STATEMENT_ON = 160, 12

AnyEvent = TypeVar("AnyEvent")
MakeEvent = Callable[[int, int, Actor, str, Callable[[Change], None]], AnyEvent]


def turns(
    register: Register,
    presences: Sequence[Presence],
    event: MakeEvent[AnyEvent],
    auditor: Actor,
) -> Iterator[AnyEvent]:
    """Yield every turn; `event` makes one of days ago, minute, actor, reason and its writes."""
    together: dict[tuple[int, str], list[Callable[[Change], None]]] = {}
    for presence in presences:
        for days, reason, apply in _of_case(register, presence):
            together.setdefault((days, reason), []).append(apply)
    for (days, reason), writes in together.items():
        yield event(days, 15 * 60, auditor, reason, partial(_all, writes))
    for days, reason, apply in _of_houses(register, presences):
        yield event(days, 11 * 60, auditor, reason, apply)


def _all(writes: Sequence[Callable[[Change], None]], change: Change) -> None:
    for apply in writes:
        apply(change)


_Writes = tuple[int, str, Callable[[Change], None]]


def _of_case(register: Register, presence: Presence) -> Iterator[_Writes]:
    later = {days for days in register.known_since(presence).values() if days < presence.intake}
    for days in sorted(later):
        fields = register.fixed_on(presence, days)
        why = next((_WHY[name] for name in fields if name in _WHY), "Maklumat akaun dikemas kini")
        yield days, why, partial(register.edit, presence=presence, fields=fields)
    for turn in presence.turns:
        yield turn.days, turn.reason, partial(register.edit, presence=presence, fields=turn.fields)
    for proof in presence.proofs:
        days = min(proof.collected, presence.intake - 1)
        apply = partial(_file, register, presence, proof)
        yield days, "Bukti difailkan / Evidence put on file", apply


def _file(register: Register, presence: Presence, proof: Proof, change: Change) -> None:
    change.add(filed_proof(presence, proof, register.accounts[presence.seed], register.today))


def _of_houses(register: Register, presences: Sequence[Presence]) -> Iterator[_Writes]:
    by_short = {body.short: body for body in bodies()}
    for short, in_malay, in_english, days in FORMER_NAMES:
        if days < REGISTER_OPENED:
            renamed = partial(
                _rename, register, presences, by_short[short], (in_malay, in_english), days
            )
            yield days, "Kementerian ditukar nama; akaun turut ditukar nama", renamed
    gone = [body for body in by_short.values() if body.status is not OrganisationStatus.ACTIVE]
    yield (
        _MERGED_ON,
        "Penyusunan semula agensi / Agencies reorganised",
        partial(_dissolve, register, gone),
    )
    for platform, one, other, days in ALIKE:
        yield (
            days,
            "Look-alikes looked into and linked",
            partial(_link, register, presences, (platform, one, other)),
        )
    yield _STATEMENT_ON, "Perakuan mengenai arahan kepada kakitangan", partial(_attest, register)


def _rename(
    register: Register,
    presences: Sequence[Presence],
    body: Body,
    former: tuple[str, str],
    days: int,
    change: Change,
) -> None:
    row_id, until = register.organisations[body.short], register.ago(days)
    names = {"name_ms": body.name_ms, "name_en": body.name_en}
    register.edit_row(change, Organisation, row_id, names)
    change.add_many(
        OrganisationName(
            uid=public_id("N", name),
            organisation_id=row_id,
            name=name,
            kind=NameKind.FORMER,
            until=until,
        )
        for name in former
    )
    for presence in presences:
        wanted = written(presence.platform, body)
        corporate = presence.account_class is AccountClass.CORPORATE
        if presence.body == body and corporate and presence.written != wanted:
            _move(register, presence, wanted, until, change)


def _move(
    register: Register, presence: Presence, handle: str, until: object, change: Change
) -> None:
    """Give an account its new handle and keep the old key as a former one."""
    found = identify(handle, presence.platform)
    assert isinstance(found, Identity)
    account_id = register.accounts[presence.seed]
    register.edit(change, presence, {"handle": found.handle, "url": found.url})
    former = {"status": KeyStatus.FORMER, "until": until}
    register.edit_row(change, AccountKey, register.keys[presence.seed], former)
    change.add(AccountKey(uid=public_id("K", found.key), account_id=account_id, key=found.key))


def _dissolve(register: Register, gone: Sequence[Body], change: Change) -> None:
    for body in gone:
        fields: dict[str, object] = {"status": body.status}
        if body.successor:
            fields["successor_id"] = register.organisations[body.successor]
        register.edit_row(change, Organisation, register.organisations[body.short], fields)


def _link(
    register: Register, presences: Sequence[Presence], handles: tuple[str, str, str], change: Change
) -> None:
    platform, one, other = handles
    here = {p.written: p for p in presences if p.platform == platform}
    imitates = here[other].account_class is AccountClass.IMPOSTOR
    change.add(
        AccountRelation(
            uid=public_id("R", one, other),
            account_id=register.accounts[here[other].seed],
            other_id=register.accounts[here[one].seed],
            kind=RelationKind.IMITATES if imitates else RelationKind.SAME_FAMILY,
        )
    )


def _attest(register: Register, change: Change) -> None:
    """One head of communications attests that staff were not left free: the answer is no."""
    change.add(
        Attestation(
            uid=public_id("T", "LTDN", AttestationTopic.NO_COMPULSION),
            organisation_id=register.organisations["LTDN"],
            topic=AttestationTopic.NO_COMPULSION,
            holds=False,
            statement="Memo meminta kakitangan berkongsi hantaran ketua eksekutif wujud.",
            by_post="Ketua Komunikasi Korporat LTDN",
            made_on=register.ago(_STATEMENT_ON),
            expires_on=register.ago(_STATEMENT_ON - 365),
        )
    )
