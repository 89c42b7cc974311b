"""Accounts that speak for an office and bear a title or a person's name.

Whether such an account is the organisation's own is the question a chief executive's account once
raised: his organisation said so in a statement, and nothing else was shown. "Contoh bin Teladan"
and "Cerah binti Petang" are nobody.
"""

from collections.abc import Iterator, Mapping

from inventory.vocabulary import (
    AccountClass,
    Badge,
    ContactClass,
    EvidenceKind,
    LegalOwner,
    Lifecycle,
    NamedAfter,
    OfficialStatus,
    PersonRole,
    PlatformObject,
)
from tui.demo.organisations import Body
from tui.demo.presences import Ago, Fields, Presence, Proof, Turn

_MANAGED = dict.fromkeys(
    (
        *("handler", "admins", "monitoring", "visibility", "access"),
        *("units", "post", "profile", "reviewed", "site"),
    ),
    "ggg",
)


def office_holders(by_short: Mapping[str, Body]) -> Iterator[Presence]:
    """Yield the accounts of ministers, chief executives and those who were."""
    yield from _claimed(by_short)
    yield from _proven(by_short)
    yield from _ministers(by_short)
    yield from _former(by_short)
    yield from _undated_and_closed(by_short)


def _holder(
    body: Body,
    platform: str,
    written: str,
    case: str,
    fixed: Fields,
    *,
    proofs: tuple[Proof, ...] = (),
    turns: tuple[Turn, ...] = (),
    status: OfficialStatus = OfficialStatus.OFFICIAL,
    intake: int = 420,
    habits: Mapping[str, str] = _MANAGED,
) -> Presence:
    return Presence(
        body=body,
        platform=platform,
        written=written,
        status=status,
        account_class=AccountClass.OFFICE_HOLDER,
        case=case,
        fixed=fixed,
        proofs=proofs,
        turns=turns,
        intake=intake,
        habits=habits,
    )


def _chief_executive(of: Body, name: str) -> dict[str, object]:
    return {
        "display_name": name,
        "bio": f"Ketua Eksekutif, {of.name_ms}.",
        "named_after": NamedAfter.PERSON,
        "person_role": PersonRole.CHIEF_EXECUTIVE,
        "post_title": "Ketua Eksekutif",
        "office_holder_until": Ago(-500),
        "legal_owner": LegalOwner.AGENCY,
    }


_STATEMENT = Proof(
    EvidenceKind.PUBLIC_STATEMENT,
    16,
    "Bahagian Komunikasi menyatakan akaun itu dimiliki dan dikendalikan oleh organisasi.",
    "Tiada bukti kawalan, pendaftaran atau serahan dikemukakan.",
)


def _claimed(by_short: Mapping[str, Body]) -> Iterator[Presence]:
    """Owned by the organisation, says the organisation."""
    yield _holder(
        by_short["LTDN"],
        "facebook",
        "ketuapapanteladandemocontoh",
        "claimed, not proven; still within the period of grace",
        {
            **_chief_executive(by_short["LTDN"], "Datuk Contoh bin Teladan"),
            "official_basis": "Kenyataan Bahagian Komunikasi LTDN",
            "notes": "Staff were asked to share its posts; the organisation says it owns it.",
        },
        proofs=(_STATEMENT,),
        intake=18,
        habits={},
    )
    yield _holder(
        by_short["JRP"],
        "facebook",
        "ketuapetangcerahdemocontoh",
        "claimed, not proven for a year",
        {
            **_chief_executive(by_short["JRP"], "Dr. Cerah binti Petang"),
            "person_role": PersonRole.DIRECTOR_GENERAL,
            "post_title": "Ketua Pengarah",
            "bio": "Ketua Pengarah, Jabatan Ramalan Petang Cerah.",
        },
        proofs=(_STATEMENT,),
        habits={"post": "ggg", "reviewed": "gbb", "profile": "bbb"},
    )
    yield _holder(
        by_short["ASD"],
        "instagram",
        "ketua.siladahulu.democontoh",
        "a sign of a person, not looked into",
        {
            "display_name": "Dato' Giliran bin Tertib",
            "person_role": PersonRole.CHIEF_EXECUTIVE,
            "office_holder_until": Ago(-200),
            "legal_owner": LegalOwner.AGENCY,
        },
        status=OfficialStatus.UNOFFICIAL,
        habits={"handler": "uuu", "post": "ggg"},
    )


def _proven(by_short: Mapping[str, Body]) -> Iterator[Presence]:
    body = by_short["LBT"]
    letter = "Ditandatangani oleh Ketua Komunikasi, bukan pemegang nama."
    yield _holder(
        body,
        "facebook",
        "ketuabangkukayudemocontoh",
        "proven to be the organisation's",
        {
            **_chief_executive(body, "Datuk Bangku bin Taman - Ketua Eksekutif LBT"),
            "official_basis": "Kelulusan Lembaga LBT 4/2",
            "official_since": Ago(800),
            "platform_object": PlatformObject.BUSINESS,
            "registration_contact": ContactClass.OFFICIAL,
            "recovery_contact": ContactClass.OFFICIAL,
            "badge": Badge.ORGANISATION,
            "badge_seen_on": Ago(9),
            "handover_plan_ref": "LBT.600-7/1",
        },
        proofs=(
            Proof(
                EvidenceKind.BUSINESS_ACCOUNT,
                196,
                "Eksport akaun perniagaan: halaman berada di bawah organisasi LBT.",
                "Does not show who writes the posts.",
            ),
            Proof(
                EvidenceKind.CONTROL_TEST,
                190,
                "An officer other than the holder changed the agreed word in the profile.",
            ),
            Proof(EvidenceKind.OWNERSHIP_DECLARATION, 196, letter, by_named_person=False),
        ),
    )
    yield _holder(
        by_short["LSB"],
        "instagram",
        "ketua.sarungtangan.democontoh",
        "declared by the holder alone, and recovered through a private contact",
        {
            **_chief_executive(by_short["LSB"], "Puan Sri Sarung binti Tangan"),
            "platform_object": PlatformObject.PERSONAL_PROFILE,
            "recovery_contact": ContactClass.PRIVATE,
        },
        proofs=(
            Proof(
                EvidenceKind.OWNERSHIP_DECLARATION,
                188,
                "Perakuan pemegang jawatan sendiri.",
                by_named_person=True,
            ),
            Proof(EvidenceKind.PREDATES_OFFICE, 101, "Holiday posts older than the appointment."),
        ),
        status=OfficialStatus.UNOFFICIAL,
    )


def _ministers(by_short: Mapping[str, Body]) -> Iterator[Presence]:
    minister = {"person_role": PersonRole.MINISTER, "post_title": "Menteri"}
    yield _holder(
        by_short["KCT"],
        "facebook",
        "pejabatmenterikctdemocontoh",
        "a minister's office",
        {
            **minister,
            "display_name": "Pejabat Menteri Contoh dan Teladan (Rasmi)",
            "named_after": NamedAfter.OFFICE,
            "official_basis": "Kelulusan KSU KCT 2/1",
            "official_since": Ago(900),
            "office_holder_until": Ago(-700),
            "legal_owner": LegalOwner.AGENCY,
            "platform_object": PlatformObject.PAGE,
            "registration_contact": ContactClass.OFFICIAL,
            "recovery_contact": ContactClass.OFFICIAL,
            "badge": Badge.ORGANISATION,
            "badge_seen_on": Ago(9),
        },
        proofs=(Proof(EvidenceKind.BUSINESS_ACCOUNT, 197, "Halaman di bawah portfolio KCT."),),
    )
    yield _holder(
        by_short["KCB"],
        "x",
        "ybcerah_democontoh",
        "a minister's own, used for the office",
        {
            **minister,
            "display_name": "YB Dato' Cerah bin Petang",
            "named_after": NamedAfter.PERSON,
            "badge": Badge.PAID_PERSON,
            "badge_seen_on": Ago(8),
            "legal_owner": LegalOwner.INDIVIDUAL,
        },
        status=OfficialStatus.DISPUTED,
        habits={"post": "ggg", "visibility": "ggg"},
    )
    yield _holder(
        by_short["KKJ"],
        "facebook",
        "https://www.facebook.com/profile.php?id=99999000000000000044",
        "a minister's, in the form of a personal profile",
        {
            **minister,
            "display_name": "YB Kucing binti Jinak",
            "platform_object": PlatformObject.PERSONAL_PROFILE,
            "url": "https://www.facebook.com/profile.php?id=99999000000000000044",
        },
        status=OfficialStatus.UNKNOWN,
        habits={"post": "ggg"},
    )


def _former(by_short: Mapping[str, Body]) -> Iterator[Presence]:
    deputy: dict[str, object] = {
        "person_role": PersonRole.DEPUTY_MINISTER,
        "post_title": "Timbalan Menteri",
        "named_after": NamedAfter.OFFICE,
        "legal_owner": LegalOwner.AGENCY,
    }
    yield _holder(
        by_short["KGT"],
        "x",
        "timbmgiliran_demo",
        "never handed over",
        {**deputy, "office_holder_until": Ago(210), "display_name": "Timbalan Menteri KGT"},
        habits={"post": "gbb", "handler": "bbb"},
    )
    yield _holder(
        by_short["KJL"],
        "x",
        "timbmjambatan_demo",
        "handed over in time",
        {
            **deputy,
            "office_holder_until": Ago(210),
            "display_name": "Timbalan Menteri KJL (Rasmi)",
            "official_basis": "Kelulusan KSU KJL 3/1",
            "official_since": Ago(900),
        },
        turns=(Turn(170, "Serah tugas selesai", {"handover_done_on": Ago(171)}),),
    )
    yield _holder(
        by_short["KML"],
        "x",
        "timbmlapang_demo",
        "left a week ago",
        {**deputy, "office_holder_until": Ago(8), "display_name": "Timbalan Menteri KML"},
    )


def _undated_and_closed(by_short: Mapping[str, Body]) -> Iterator[Presence]:
    yield _holder(
        by_short["KBC"],
        "facebook",
        "ksukbcdemocontoh",
        "nobody knows until when",
        {
            "display_name": "Pejabat KSU Borang dan Cap",
            "person_role": PersonRole.SECRETARY_GENERAL,
            "post_title": "Ketua Setiausaha",
            "named_after": NamedAfter.OFFICE,
            "legal_owner": LegalOwner.AGENCY,
        },
        status=OfficialStatus.UNKNOWN,
    )
    yield _holder(
        by_short["KPSR"],
        "instagram",
        "ketua.pasangsurut.democontoh",
        "closed at change of office",
        {
            "person_role": PersonRole.DEPUTY_MINISTER,
            "post_title": "Timbalan Menteri",
            "named_after": NamedAfter.OFFICE,
            "office_holder_until": Ago(330),
            "lifecycle": Lifecycle.RETIRED,
            "closed_on": Ago(318),
        },
        status=OfficialStatus.UNOFFICIAL,
        habits={},
    )
