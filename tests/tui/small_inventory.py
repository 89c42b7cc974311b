"""A small invented inventory: three organisations, five accounts, what an audit concluded."""

from datetime import UTC, date, datetime

from inventory.actor import Actor
from inventory.record import (
    Account,
    AccountKey,
    Attestation,
    Evidence,
    Observation,
    Organisation,
    OrganisationDomain,
    OrganisationName,
)
from inventory.store import Store
from inventory.vocabulary import (
    AccountClass,
    AttestationTopic,
    Badge,
    EvidenceKind,
    LegalOwner,
    NamedAfter,
    NameKind,
    ObservationKind,
    ObservationMethod,
    OfficialStatus,
    OrganisationKind,
)

TODAY = date(2026, 11, 20)
ACTOR = Actor("Juruaudit", "audit", 1000, "contoh")
AT = datetime(2026, 11, 2, 3, 4, 5, tzinfo=UTC)

Flags = tuple[str, str, str, str, int, str | None]
"""Unofficial, unverified, unmonitorable, individual, number of findings, the worst."""


def fill(store: Store) -> None:
    """Write three organisations, five accounts and what is known of them."""
    with store.change(ACTOR, "Senarai pertama", "senarai.csv", at=AT) as change:
        ministry, department, agency = change.add_many(
            [
                Organisation(
                    name_ms="Kementerian Contoh",
                    name_en="Ministry of Examples",
                    short_name="KECON",
                    kind=OrganisationKind.MINISTRY,
                    website="https://www.contoh.example/",
                ),
                Organisation(
                    name_ms="Jabatan Ujian",
                    name_en="Department of Trials",
                    short_name="JU",
                    kind=OrganisationKind.DEPARTMENT,
                    parent_id=1,
                ),
                Organisation(
                    name_ms="Agensi Percubaan Negara",
                    name_en="National Attempts Agency",
                    short_name="APN",
                    kind=OrganisationKind.AGENCY,
                    parent_id=2,
                ),
            ]
        )
        change.add(
            OrganisationName(
                organisation_id=department, name="Jabatan Ujian Lama", kind=NameKind.FORMER
            )
        )
        change.add(OrganisationDomain(organisation_id=ministry, domain="contoh.example"))
        ids = change.add_many(_accounts(ministry, department, agency))
        change.add_many(
            [
                AccountKey(account_id=row_id, key=f"{platform}:handle:{handle.lower()}")
                for row_id, platform, handle in zip(ids, _PLATFORMS, _HANDLES, strict=True)
            ]
        )
        change.add(
            Evidence(
                account_id=ids[0],
                kind=EvidenceKind.WEBSITE_LISTING,
                collected_on=date(2026, 10, 1),
                collected_by="Penolong Pengarah (Komunikasi)",
                covers="tajuk dan pautan",
                url="https://www.contoh.example/media",
            )
        )
        change.add(
            Attestation(
                organisation_id=ministry,
                account_id=ids[0],
                topic=AttestationTopic.ACCESS,
                holds=True,
                statement="Dua pentadbir mengikut jawatan",
                by_post="Ketua Unit Komunikasi",
                made_on=date(2026, 9, 1),
            )
        )
        change.add(
            Observation(
                uid="B-contoh",
                account_id=ids[0],
                kind=ObservationKind.BADGE,
                value="government",
                seen_on=date(2026, 11, 1),
                method=ObservationMethod.PERSON,
            )
        )
    with store.change(ACTOR, "Status disahkan", at=AT.replace(hour=5)) as change:
        change.edit(Account, ids[0], 1, {"purpose": "Pengumuman rasmi"})
    mark(store, dict(zip(ids, _FLAGS, strict=True)))


def mark(store: Store, flags: dict[int, Flags]) -> None:
    """Write what an audit would have concluded."""
    store.connection.executemany(
        "INSERT INTO account_marks (account_id, unofficial, unverified, unmonitorable, individual,"
        " findings, worst, run) VALUES (?, ?, ?, ?, ?, ?, ?, 1)",
        [(row_id, *values) for row_id, values in flags.items()],
    )


_PLATFORMS = ("facebook", "x", "instagram", "tiktok", "facebook")
_HANDLES = ("KementerianContoh", "ujian_rasmi", "percubaan.negara", "ketua.ujian", "apnrasmi")
_FLAGS: tuple[Flags, ...] = (
    ("no", "no", "no", "no", 0, None),
    ("yes", "yes", "no", "not_assessed", 3, "high"),
    ("no", "yes", "not_assessed", "no", 1, "medium"),
    ("yes", "yes", "yes", "yes", 6, "critical"),
    ("not_assessed", "not_assessed", "not_assessed", "not_assessed", 0, None),
)


def _accounts(ministry: int, department: int, agency: int) -> list[Account]:
    return [
        Account(
            organisation_id=ministry,
            platform="facebook",
            handle="KementerianContoh",
            url="https://www.facebook.com/KementerianContoh",
            display_name="Kementerian Contoh",
            official_status=OfficialStatus.OFFICIAL,
            official_basis="Surat kelulusan 12/2025",
            badge=Badge.GOVERNMENT,
            badge_seen_on=date(2026, 11, 1),
            account_class=AccountClass.CORPORATE,
            legal_owner=LegalOwner.AGENCY,
            last_post_on=date(2026, 11, 18),
        ),
        Account(
            organisation_id=department,
            platform="x",
            handle="ujian_rasmi",
            url="https://x.com/ujian_rasmi",
            official_status=OfficialStatus.UNOFFICIAL,
            badge=Badge.NONE,
        ),
        Account(
            organisation_id=agency,
            platform="instagram",
            handle="percubaan.negara",
            url="https://www.instagram.com/percubaan.negara/",
            official_status=OfficialStatus.OFFICIAL,
            badge=Badge.NONE,
            account_class=AccountClass.PROGRAMME,
        ),
        Account(
            organisation_id=department,
            platform="tiktok",
            handle="ketua.ujian",
            url="https://www.tiktok.com/@ketua.ujian",
            official_status=OfficialStatus.DISPUTED,
            badge=Badge.PAID_PERSON,
            account_class=AccountClass.OFFICE_HOLDER,
            named_after=NamedAfter.PERSON,
            legal_owner=LegalOwner.INDIVIDUAL,
        ),
        Account(
            organisation_id=agency,
            platform="facebook",
            handle="apnrasmi",
            url="https://www.facebook.com/apnrasmi",
        ),
    ]
