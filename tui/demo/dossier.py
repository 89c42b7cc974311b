"""What is collected beside the answers: evidence, observations and attestations."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from inventory.record import Attestation, Evidence, Observation
from inventory.vocabulary import (
    AttestationTopic,
    EvidenceKind,
    ObservationKind,
    ObservationMethod,
)
from tui.demo.answers import Asked
from tui.demo.draws import drawn, file_hash, one_of, public_id
from tui.demo.organisations import Body
from tui.demo.presences import Presence, Proof

_COLLECTOR = "Juruaudit ICT"
_COVERS = {
    EvidenceKind.APPROVAL_LETTER: ("Kelulusan akaun sebagai akaun rasmi.", "Siapa yang mengawal."),
    EvidenceKind.REGISTER_ENTRY: ("Entry in the register of official accounts.", "Control of it."),
    EvidenceKind.WEBSITE_LISTING: ("Disenaraikan di laman web rasmi.", "Siapa yang memilikinya."),
    EvidenceKind.BUSINESS_ACCOUNT: ("The page stands in the organisation's business account.", ""),
    EvidenceKind.ASSET_RECORD: ("Daftar aset dan surat pelantikan pengendali.", "Akses semasa."),
    EvidenceKind.OWNERSHIP_DECLARATION: ("Perakuan pemilikan oleh Ketua Komunikasi.", ""),
}


def evidence(asked: Asked, habits: Mapping[str, str], account_id: int) -> Iterator[Evidence]:
    """Yield what was put on file in one round; a proof is filed the first time it is there."""
    for kind, collected, expires in _filed(asked, habits):
        covers, beyond = _COVERS[kind]
        seed = (asked.presence.seed, kind.value)
        yield Evidence(
            uid=public_id("E", *seed),
            account_id=account_id,
            kind=kind,
            collected_on=collected,
            collected_by=_COLLECTOR,
            covers=covers,
            does_not_cover=beyond or None,
            made_by_named_person=False if kind is EvidenceKind.OWNERSHIP_DECLARATION else None,
            expires_on=expires,
            url=f"https://www.{asked.body.domain}/media-sosial"
            if kind is EvidenceKind.WEBSITE_LISTING
            else None,
            sha256=file_hash(*seed),
        )


def _filed(
    asked: Asked, habits: Mapping[str, str]
) -> Iterator[tuple[EvidenceKind, date, date | None]]:
    if _first(habits, "recognition", asked.turn, "g"):
        letter = asked.drawn(3, "letter or register") > 0
        kind = EvidenceKind.APPROVAL_LETTER if letter else EvidenceKind.REGISTER_ENTRY
        yield kind, asked.day, None
    if _first(habits, "recognition", asked.turn, "x"):
        yield EvidenceKind.APPROVAL_LETTER, asked.before(500), asked.today - timedelta(days=40)
    if _first(habits, "site", asked.turn, "g") and asked.drawn(4, "listing") == 0:
        yield EvidenceKind.WEBSITE_LISTING, asked.day, None
    if _first(habits, "owner", asked.turn, "g"):
        business = asked.presence.platform in ("facebook", "instagram", "threads", "linkedin")
        yield (
            EvidenceKind.BUSINESS_ACCOUNT if business else EvidenceKind.ASSET_RECORD,
            asked.day,
            None,
        )
        if asked.drawn(2, "declared") == 0:
            yield EvidenceKind.OWNERSHIP_DECLARATION, asked.day, asked.today + timedelta(days=200)


def _first(habits: Mapping[str, str], topic: str, turn: int, state: str) -> bool:
    habit = habits.get(topic, "uuu")
    return habit[turn] == state and state not in habit[:turn]


def filed_proof(presence: Presence, proof: Proof, account_id: int, today: date) -> Evidence:
    """Return the evidence of a case."""
    seed = (presence.seed, proof.kind.value, str(proof.collected))
    statement = proof.kind is EvidenceKind.PUBLIC_STATEMENT
    return Evidence(
        uid=public_id("E", *seed),
        account_id=account_id,
        kind=proof.kind,
        collected_on=today - timedelta(days=proof.collected),
        collected_by=_COLLECTOR,
        covers=proof.covers,
        does_not_cover=proof.does_not_cover,
        made_by_named_person=proof.by_named_person,
        expires_on=None if proof.expires is None else today - timedelta(days=proof.expires),
        url=f"https://www.{presence.body.domain}/kenyataan-media" if statement else None,
        sha256=file_hash(*seed),
    )


def sightings(asked: Asked, habits: Mapping[str, str], account_id: int) -> Iterator[Observation]:
    """Yield what was seen in one round: the official website, and here and there the account."""
    site = habits.get("site", "uuu")[asked.turn]
    if site in "gb" and asked.presence.recognised:
        yield _seen(asked, account_id, ObservationKind.SITE_LINK, "yes" if site == "g" else "no")
    badge = habits.get("badge", "uuu")[asked.turn]
    if asked.turn == 2 and badge == "b" and asked.drawn(12, "badge seen") == 0:
        yield _seen(asked, account_id, ObservationKind.BADGE, "none")
    post = habits.get("post", "uuu")[asked.turn]
    if post == "g" and asked.drawn(9, "post seen") == 0:
        last = asked.before(asked.drawn(9, "post"))
        yield _seen(asked, account_id, ObservationKind.LAST_POST, last.isoformat())


def _seen(asked: Asked, account_id: int, kind: ObservationKind, value: str) -> Observation:
    body = asked.body
    on_site = kind is ObservationKind.SITE_LINK
    return Observation(
        uid=public_id("B", asked.presence.seed, kind.value, str(asked.turn)),
        account_id=account_id,
        kind=kind,
        value=value,
        seen_on=asked.day,
        method=one_of((ObservationMethod.PERSON, ObservationMethod.FILE), body.short, kind.value),
        source=f"https://www.{body.domain}/hubungi" if on_site else _COLLECTOR,
    )


_STATEMENTS = (
    (AttestationTopic.OWNERSHIP, "Semua akaun rasmi dimiliki oleh organisasi."),
    (AttestationTopic.ACCESS, "Access was tried and works for two officers at least."),
    (AttestationTopic.MONITORING, "Pemantauan dibuat mengikut jadual bulanan."),
    (AttestationTopic.NO_COMPULSION, "Kakitangan tidak diarah mengikuti atau menyukai akaun."),
)


def attestations(body: Body, organisation_id: int, day: date, turn: int) -> Iterator[Attestation]:
    """Yield what a head of communications attested to in one round; most attest to nothing."""
    for topic, statement in _STATEMENTS:
        if drawn(9, "attested", body.short, topic.value, str(turn)) == 0:
            yield Attestation(
                uid=public_id("T", body.short, topic.value, str(turn)),
                organisation_id=organisation_id,
                topic=topic,
                holds=True,
                statement=statement,
                by_post=f"Ketua Komunikasi Korporat {body.short}",
                made_on=day,
                expires_on=day + timedelta(days=365),
            )
