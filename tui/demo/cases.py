"""The accounts that are a case of their own: each shows what one rule is there for.

Names of persons are of nobody: "Contoh bin Teladan" is what "John Doe" is elsewhere.
"""

from collections.abc import Iterator
from typing import Any

from inventory.vocabulary import (
    AccountClass,
    Badge,
    ContactClass,
    Disposition,
    LegalOwner,
    Lifecycle,
    OfficialStatus,
    PlatformObject,
)
from tui.demo.holders import office_holders
from tui.demo.organisations import Body, bodies
from tui.demo.presences import Ago, Presence, Turn, written

WELL_KEPT = dict.fromkeys(
    (
        *("recognition", "site", "badge", "handler", "admins", "monitoring", "visibility"),
        *("access", "units", "post", "owner", "contacts", "object", "profile", "reviewed"),
    ),
    "ggg",
)
"""Every topic answered well in all three rounds."""

_UNBADGED = {**WELL_KEPT, "badge": "bbb"}


ALIKE = (
    ("threads", "hariduduk.democontoh", "hari.duduk.democontoh", 140),
    ("facebook", "cuacabaikdemocontoh", "cuacabalkdemocontoh", 22),
)
"""Handles that look alike, and how many days ago that was looked into; the second may imitate."""


def cases() -> Iterator[Presence]:
    """Yield every case."""
    by_short = {body.short: body for body in bodies()}
    yield from office_holders(by_short)
    for family in (
        _impostors,
        _orphans,
        _badges,
        _contradictions,
        _changes_of_house,
        _records,
        _dates,
        _lookalikes,
    ):
        yield from family(by_short)


def _own(
    body: Body, platform: str, case: str, *, handle: str | None = None, **more: Any
) -> Presence:
    values: dict[str, Any] = {
        "body": body,
        "platform": platform,
        "written": handle or written(platform, body),
        "status": OfficialStatus.OFFICIAL,
        "account_class": AccountClass.CORPORATE,
        "case": case,
        "habits": WELL_KEPT,
    }
    return Presence(**(values | more))


def _impostors(by_short: dict[str, Body]) -> Iterator[Presence]:
    weather, breakfast, kites = by_short["KCB"], by_short["KSMP"], by_short["KLA"]
    shared = {
        "status": OfficialStatus.UNOFFICIAL,
        "account_class": AccountClass.IMPOSTOR,
        "habits": {},
    }
    yield _own(
        weather,
        "facebook",
        "impostor reported and followed up",
        handle="cuacabalkdemocontoh",
        **shared,
        fixed={
            "display_name": "Kementerian Cuaca Baik - Bantuan Payung Percuma",
            "detected_on": Ago(26),
            "report_ref": "KCB.600-9/3 (1)",
            "reported_on": Ago(24),
            "report_followed_up_on": Ago(4),
            "public_warning_ref": "Siaran makluman KCB 7",
            "notes": "Mengutip bayaran untuk payung percuma. Asks for a fee for free umbrellas.",
        },
        intake=26,
    )
    yield _own(
        breakfast,
        "instagram",
        "impostor never reported",
        handle="sarapan.dernocontoh",
        **shared,
        fixed={
            "display_name": "Kementerian Sarapan (Baucar Roti)",
            "detected_on": Ago(58),
            "notes": "Dikesan ketika pemantauan; laporan kepada platform belum dibuat.",
        },
        intake=58,
    )
    yield _own(
        kites,
        "x",
        "impostor closed by the platform",
        handle="layanglyg_democontoh",
        **shared,
        fixed={
            "detected_on": Ago(150),
            "report_ref": "KLA.600-9/1 (2)",
            "reported_on": Ago(149),
            "report_followed_up_on": Ago(140),
            "disposition": Disposition.CLOSED,
            "disposition_ref": "KLA.600-9/1 (4)",
            "disposition_on": Ago(138),
            "lifecycle": Lifecycle.ACTIVE,
        },
        intake=151,
    )


def _orphans(by_short: dict[str, Body]) -> Iterator[Presence]:
    yield _own(
        by_short["KPA"],
        "facebook",
        "access lost when the only administrator left",
        habits={**WELL_KEPT, "access": "guu", "admins": "buu", "post": "gbb", "handler": "gbb"},
        fixed={"notes": "The only administrator left; recovery with the platform is under way."},
        turns=(
            Turn(
                112,
                "Satu-satunya pentadbir telah berpindah; akses hilang",
                {"access_lost": True, "admin_count": 0, "lifecycle": Lifecycle.LOST},
            ),
        ),
    )
    yield _own(
        by_short["AKI"],
        "instagram",
        "nobody left who can enter",
        status=OfficialStatus.UNOFFICIAL,
        habits={**_UNBADGED, "access": "uuu", "admins": "uuu", "handler": "bbb", "post": "bbb"},
        fixed={"admin_count": 0, "lifecycle": Lifecycle.LOST},
    )
    yield _own(
        by_short["ATT"],
        "youtube",
        "dormant for years",
        habits={**WELL_KEPT, "post": "bbb"},
        fixed={"last_post_on": Ago(900), "purpose": "Teka-teki mingguan"},
    )
    yield _own(
        by_short["LHL"],
        "facebook",
        "seasonal: speaks every four years",
        habits={**WELL_KEPT, "post": "bbb"},
        fixed={"seasonal": True, "notes": "Aktif pada tahun lompat sahaja."},
    )


def _badges(by_short: dict[str, Body]) -> Iterator[Presence]:
    yield _own(
        by_short["LCD"],
        "facebook",
        "the badge was bought by a person",
        habits={**WELL_KEPT, "badge": "uuu"},
        fixed={"badge": Badge.PAID_PERSON, "badge_seen_on": Ago(9)},
    )
    yield _own(
        by_short["AGW"],
        "instagram",
        "a badge without official status",
        status=OfficialStatus.UNOFFICIAL,
        habits={**WELL_KEPT, "badge": "uuu"},
        fixed={"badge": Badge.PAID_ORGANISATION, "badge_seen_on": Ago(8)},
    )
    yield _own(
        by_short["KWC"],
        "x",
        "a badge from before the platform changed hands",
        habits={**WELL_KEPT, "badge": "uuu"},
        fixed={"badge": Badge.LEGACY, "badge_seen_on": Ago(7)},
    )
    yield _own(
        by_short["KTB"],
        "youtube",
        "a badge whose kind nobody noted",
        habits={**WELL_KEPT, "badge": "uuu"},
        fixed={"badge": Badge.UNSPECIFIED, "badge_seen_on": Ago(7)},
    )


def _contradictions(by_short: dict[str, Body]) -> Iterator[Presence]:
    yield _own(
        by_short["ARBK"],
        "facebook",
        "official, yet owned by an individual",
        habits={**WELL_KEPT, "owner": "bbb", "contacts": "bbb"},
    )
    yield _own(
        by_short["LPB"],
        "instagram",
        "recovery leads to a private contact",
        habits={**WELL_KEPT, "contacts": "uuu"},
        fixed={
            "registration_contact": ContactClass.OFFICIAL,
            "recovery_contact": ContactClass.PRIVATE,
        },
    )
    yield _own(
        by_short["AKE"],
        "flickr",
        "a badge where the platform offers none",
        fixed={"badge": Badge.GOVERNMENT, "badge_seen_on": Ago(60)},
    )
    yield _own(
        by_short["JSU"],
        "x",
        "retired, yet posting",
        fixed={
            "lifecycle": Lifecycle.RETIRED,
            "closed_on": Ago(300),
            "last_post_on": Ago(40),
            "last_post_seen_on": Ago(9),
        },
    )
    yield _own(
        by_short["JBU"],
        "telegram",
        "run by a vendor",
        habits={**WELL_KEPT, "owner": "uuu", "contacts": "uuu"},
        fixed={
            "legal_owner": LegalOwner.VENDOR,
            "registration_contact": ContactClass.VENDOR,
            "recovery_contact": ContactClass.VENDOR,
        },
    )


def _changes_of_house(by_short: dict[str, Body]) -> Iterator[Presence]:
    yield _own(
        by_short["KGR"],
        "facebook",
        "renamed with its ministry",
        handle="pagarkejirandemocontoh",
    )
    yield _own(by_short["JPR"], "x", "its department was merged", habits={})
    yield _own(by_short["JPR"], "youtube", "its department was merged", habits={})
    yield _own(
        by_short["PLK"],
        "x",
        "its agency was dissolved",
        status=OfficialStatus.UNOFFICIAL,
        habits={"post": "gbb", "handler": "bbb"},
    )
    yield _own(
        by_short["JPG"],
        "x",
        "watched by a department that is gone",
        fixed={"monitoring_unit": "Jabatan Payung Hujan"},
    )
    yield _own(by_short["PST"], "x", "under nobody that is known")
    yield _own(
        by_short["KHM"],
        "telegram",
        "properly retired",
        fixed={"lifecycle": Lifecycle.RETIRED, "closed_on": Ago(95), "last_post_on": Ago(96)},
    )
    yield _own(
        by_short["APK"],
        "threads",
        "proposed and not opened yet",
        status=OfficialStatus.UNKNOWN,
        habits={},
        fixed={"lifecycle": Lifecycle.PROPOSED, "purpose": "Cadangan akaun musim perkelahan"},
        intake=21,
    )


def _records(by_short: dict[str, Body]) -> Iterator[Presence]:
    yield _own(
        by_short["JTI"],
        "facebook",
        "recorded twice, by name",
        fixed={"platform_id": "99999000000000000071"},
    )
    yield _own(
        by_short["JTI"],
        "facebook",
        "recorded twice, by number",
        handle="99999000000000000071",
        status=OfficialStatus.UNKNOWN,
        habits={},
        fixed={"platform_id": "99999000000000000071", "display_name": "Jabatan Titian"},
    )
    yield _own(
        by_short["ABP"],
        "tiktok",
        "the address leads to another platform",
        habits=WELL_KEPT,
        fixed={"url": "https://www.instagram.com/bulanpenuh.democontoh/"},
    )
    yield _own(
        by_short["LKPS"],
        "tiktok",
        "its key was never worked out",
        status=OfficialStatus.UNKNOWN,
        account_class=AccountClass.UNKNOWN,
        habits={},
        keyless=True,
        fixed={"notes": "Taken from a poster; the handle could not be read with certainty."},
    )
    yield _own(
        by_short["JPTJ"],
        "instagram",
        "never looked at since it was listed",
        status=OfficialStatus.UNOFFICIAL,
        habits={},
    )
    yield _own(
        by_short["LPMD"],
        "linkedin",
        "a personal profile stands in for the page",
        habits={**WELL_KEPT, "object": "uuu"},
        fixed={"platform_object": PlatformObject.PERSONAL_PROFILE},
    )


def _dates(by_short: dict[str, Body]) -> Iterator[Presence]:
    yield _own(
        by_short["LLB"],
        "facebook",
        "handler's appointment ends before it begins",
        habits={**WELL_KEPT, "handler": "uuu"},
        fixed={
            "handler_position": "Pegawai Media Digital",
            "handler_appointment_ref": "LLB.600-3/12",
            "handler_from": Ago(100),
            "handler_until": Ago(130),
        },
    )
    yield _own(
        by_short["ADT"],
        "instagram",
        "a post from the future",
        habits={**WELL_KEPT, "post": "uuu"},
        fixed={"last_post_on": Ago(-9), "last_post_seen_on": Ago(6)},
    )
    yield _own(
        by_short["JABK"],
        "tiktok",
        "approval has run out",
        habits={**WELL_KEPT, "recognition": "xxx"},
    )


def _lookalikes(by_short: dict[str, Body]) -> Iterator[Presence]:
    yield _own(
        by_short["JRT"],
        "tiktok",
        "could be taken for the picnics agency",
        handle="perkelahan_democontoh",
        status=OfficialStatus.UNOFFICIAL,
        account_class=AccountClass.PROGRAMME,
        habits=_UNBADGED,
    )
    yield _own(
        by_short["APK"],
        "tiktok",
        "could be taken for a programme on green grass",
        status=OfficialStatus.UNOFFICIAL,
        habits=_UNBADGED,
    )
    yield _own(
        by_short["KTB"],
        "threads",
        "alike on purpose: Sitting Day everywhere",
        handle="hariduduk.democontoh",
        account_class=AccountClass.PROGRAMME,
    )
    yield _own(
        by_short["MPSC"],
        "threads",
        "alike on purpose: Sitting Day by the river",
        handle="hari.duduk.democontoh",
        account_class=AccountClass.PROGRAMME,
    )
