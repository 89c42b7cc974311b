"""What a unit answers about an account in one round, topic by topic."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from inventory.platforms import platforms
from inventory.vocabulary import (
    Badge,
    ContactClass,
    Disposition,
    LegalOwner,
    OfficialStatus,
    PlatformObject,
    Visibility,
)
from tui.demo.draws import drawn, one_of
from tui.demo.organisations import Body
from tui.demo.presences import Fields, Presence

_POSTS = (
    "Pegawai Media Digital",
    "Penolong Pengarah (Komunikasi Korporat)",
    "Senior Assistant Director (Digital Media)",
    "Ketua Unit Media Baharu",
    "Pegawai Perhubungan Awam",
)
_OBJECTS = {
    "facebook": PlatformObject.PAGE,
    "instagram": PlatformObject.BUSINESS,
    "linkedin": PlatformObject.PAGE,
    "telegram": PlatformObject.CHANNEL,
    "youtube": PlatformObject.CHANNEL,
    "whatsapp": PlatformObject.CHANNEL,
    "github": PlatformObject.BUSINESS,
    "pinterest": PlatformObject.BUSINESS,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One round of questions about one account, answered on `day`; `turn` counts from 0.

    `body` is its organisation as it was called that day.
    """

    presence: Presence
    body: Body
    day: date
    today: date
    turn: int

    def before(self, days: int) -> date:
        """Return the date so many days before the answer."""
        return self.day - timedelta(days=days)

    def drawn(self, upto: int, topic: str) -> int:
        """Draw a number that stays the same in every round."""
        return drawn(upto, topic, self.presence.seed)


def answers(asked: Asked, habits: Mapping[str, str]) -> Fields:
    """Return the fields that this round set; an unanswered topic sets none."""
    found: dict[str, object] = {}
    for topic, habit in habits.items():
        found |= _TOPICS[topic](asked, habit[asked.turn])
    return found


def _nothing(_asked: Asked, _state: str) -> Fields:
    return {}


def _recognition(asked: Asked, state: str) -> Fields:
    if asked.presence.status is not OfficialStatus.OFFICIAL:
        return {}
    if state == "g":
        short, number = asked.body.short, asked.drawn(40, "letter") + 1
        return {
            "official_basis": f"Surat kelulusan {short}.600-1/{number}",
            "official_since": asked.today - timedelta(days=500 + asked.drawn(500, "since")),
        }
    return {"official_basis": None, "official_since": None} if state == "b" else {}


def _badge(asked: Asked, state: str) -> Fields:
    offered = platforms()[asked.presence.platform].badges
    if not offered or state == "u":
        return {}
    best = "government" if "government" in offered else offered[0]
    seen = {
        "g": Badge(best),
        "b": Badge.NONE,
        "r": Badge.REQUESTED,
        "l": Badge.LOST,
    }[state]
    fields: dict[str, object] = {"badge": seen, "badge_seen_on": asked.day}
    if state == "r":
        fields["badge_requested_on"] = asked.before(20)
    return fields


def _handler(asked: Asked, state: str) -> Fields:
    if state == "u":
        return {}
    short, number = asked.body.short, asked.drawn(60, "appointment") + 1
    return {
        "handler_position": one_of(_POSTS, "handler", asked.presence.seed),
        "handler_appointment_ref": f"{short}.600-3/{number}",
        "handler_from": asked.today - timedelta(days=450 + asked.drawn(400, "from")),
        "handler_until": asked.before(12) if state == "b" else None,
    }


def _admins(asked: Asked, state: str) -> Fields:
    if state == "u":
        return {}
    return {"admin_count": 1 if state == "b" else 2 + asked.drawn(3, "admins")}


def _monitoring(asked: Asked, state: str) -> Fields:
    if state == "u":
        return {}
    return {
        "monitoring_unit": asked.body.unit,
        "monitoring_every_days": one_of((30, 30, 30, 60), "every", asked.presence.seed),
        "last_monitored_on": asked.before(75 if state == "b" else asked.drawn(4, "round")),
    }


def _visibility(_asked: Asked, state: str) -> Fields:
    if state == "u":
        return {}
    return {"visibility": Visibility.PRIVATE if state == "b" else Visibility.PUBLIC}


def _access(asked: Asked, state: str) -> Fields:
    if state == "u":
        return {}
    if state == "b":
        return {"access_lost": True}
    return {"access_lost": False, "access_confirmed_on": asked.day}


def _units(asked: Asked, state: str) -> Fields:
    if state == "u":
        return {}
    body = asked.body
    return {
        "responsible_unit": body.unit,
        "coordinator_unit": f"Unit Komunikasi Korporat {body.parent or body.short}",
    }


def _post(asked: Asked, state: str) -> Fields:
    if state == "u":
        return {}
    silent = 130 + asked.drawn(150, "silent") if state == "b" else asked.drawn(9, "post")
    return {"last_post_on": asked.before(silent), "last_post_seen_on": asked.day}


def _owner(asked: Asked, state: str) -> Fields:
    if state == "u":
        return {}
    return {"legal_owner": LegalOwner.INDIVIDUAL if state == "b" else LegalOwner.AGENCY}


def _contacts(asked: Asked, state: str) -> Fields:
    if state == "u":
        return {}
    if state == "g":
        return {
            "registration_contact": ContactClass.OFFICIAL,
            "recovery_contact": ContactClass.OFFICIAL,
        }
    vendor = asked.drawn(4, "vendor") == 0
    return {
        "registration_contact": ContactClass.VENDOR if vendor else ContactClass.OFFICIAL,
        "recovery_contact": ContactClass.OFFICIAL if vendor else ContactClass.PRIVATE,
    }


def _object(asked: Asked, state: str) -> Fields:
    kind = _OBJECTS.get(asked.presence.platform)
    if kind is None or state == "u":
        return {}
    return {"platform_object": PlatformObject.PERSONAL_PROFILE if state == "b" else kind}


def _reviewed(asked: Asked, state: str) -> Fields:
    return {"reviewed_on": asked.day} if state == "g" else {}


def _decision(asked: Asked, state: str) -> Fields:
    if state == "u":
        return {}
    decided = one_of(
        (Disposition.TOLERATE, Disposition.ASK_RENAME, Disposition.CLAIM), asked.presence.seed
    )
    if state == "b":
        return {"disposition": decided}
    number = asked.drawn(30, "decision") + 1
    return {
        "disposition": decided,
        "disposition_ref": f"{asked.body.short}.600-5/{number}",
        "disposition_on": asked.day,
    }


def _profile(asked: Asked, state: str) -> Fields:
    if state == "u":
        return {}
    body, platform = asked.body, platforms()[asked.presence.platform].name
    if state == "g":
        shown = f"{platform} Rasmi {body.name_ms}"
        if asked.drawn(5, "spoken") == 0:
            shown = f"{body.name_en} (Official)"
        links: str | None = f"https://www.{body.domain}"
    elif asked.presence.of_others:
        shown, links = f"Peminat {body.name_ms}", ""
    else:
        worse = (body.name_ms, f"{body.short} Malaysia Contoh", "Akaun Rasmi Kami", body.short)
        shown = one_of(worse, "shown", asked.presence.seed)
        links = one_of(
            ("", "https://pautan.example/kami", f"https://www.{body.domain}"),
            "links",
            asked.presence.seed,
        )
    return {
        "display_name": shown,
        "bio": _bio(asked, state),
        "profile_links": links,
        "profile_seen_on": asked.day,
    }


def _bio(asked: Asked, state: str) -> str:
    body = asked.body
    if asked.presence.of_others:
        return "Kami hanya peminat. Run by fans, not by the agency."
    if state == "g" and asked.drawn(4, "bio") == 0:
        return f"News and answers from the {body.name_en}, in Malay and English."
    return one_of(
        (
            f"Berita dan makluman {body.short}. Pertanyaan dijawab pada waktu pejabat.",
            f"Ikuti perkembangan terkini {body.name_ms}.",
            f"Updates from {body.short}, weekdays 8 to 5.",
        ),
        "bio",
        asked.presence.seed,
    )


_TOPICS: Mapping[str, Callable[[Asked, str], Fields]] = {
    "recognition": _recognition,
    "site": _nothing,  # seen on the website, not answered: an observation
    "badge": _badge,
    "handler": _handler,
    "admins": _admins,
    "monitoring": _monitoring,
    "visibility": _visibility,
    "access": _access,
    "units": _units,
    "post": _post,
    "owner": _owner,
    "contacts": _contacts,
    "object": _object,
    "profile": _profile,
    "reviewed": _reviewed,
    "decision": _decision,
}
