"""How well an account is looked after: one habit per topic, over three rounds of questions.

A habit is three letters, one a round: `g` answered and in order, `b` answered and not in order, `u`
not answered. Some topics know more: `r` a badge was requested, `l` it was lost, `c` ownership is
claimed without proof, `x` a proof has run out.
"""

from collections.abc import Mapping

from tui.demo.draws import drawn, weighted
from tui.demo.presences import Presence

_GOOD = "ggg"

# How often each habit occurs among accounts of middling care.
_OFFICIAL = {
    "recognition": {"ggg": 78, "bgg": 7, "ggb": 3, "bbb": 8, "xxx": 4},
    "site": {"ggg": 55, "bgg": 13, "bbg": 6, "bgb": 4, "ggb": 4, "bbb": 9, "uuu": 9},
    "badge": {
        "ggg": 38,
        "bbb": 26,
        "bbg": 7,
        "rrg": 5,
        "bbr": 5,
        "ggl": 4,
        "bgb": 3,
        "ggu": 6,
        "uuu": 10,
    },
    "handler": {"ggg": 62, "ugg": 9, "uug": 6, "ggb": 6, "gbg": 5, "bgb": 4, "uuu": 8},
    "admins": {"ggg": 60, "bgg": 10, "bbb": 13, "uuu": 10, "gbb": 4, "bgb": 3},
    "monitoring": {"ggg": 56, "ugg": 9, "ggb": 8, "bgb": 7, "gbg": 8, "uuu": 8, "bbb": 4},
    "visibility": {"ggg": 90, "uuu": 5, "bbb": 2, "bgg": 3},
    "access": {"ggg": 72, "ugg": 9, "guu": 7, "uuu": 10, "ggb": 2},
    "units": {"ggg": 80, "ugg": 8, "uug": 5, "uuu": 7},
    "post": {"ggg": 70, "ggb": 8, "gbb": 6, "bgg": 5, "bgb": 3, "uuu": 8},
    "owner": {"ggg": 70, "ugg": 6, "cgg": 6, "ccc": 8, "uuu": 8, "bbb": 2},
    "contacts": {"ggg": 64, "ugg": 6, "bgg": 7, "bbb": 9, "uuu": 14},
    "object": {"ggg": 84, "uuu": 8, "bbb": 4, "bgg": 4},
    "profile": {"ggg": 42, "bbg": 9, "bgg": 12, "bbb": 24, "bgb": 4, "uuu": 9},
    "reviewed": {"ggg": 68, "guu": 14, "ugg": 9, "uuu": 9},
}
_UNOFFICIAL = {
    "handler": {"uuu": 60, "uug": 8, "bbb": 8, "ggg": 18, "gbb": 6},
    "admins": {"uuu": 50, "bbb": 24, "ggg": 20, "bgg": 6},
    "monitoring": {"uuu": 58, "ggg": 20, "ggb": 8, "uug": 8, "bbb": 6},
    "visibility": {"ggg": 82, "uuu": 14, "bbb": 4},
    "access": {"uuu": 52, "ggg": 28, "guu": 12, "bbb": 4, "ggb": 4},
    "units": {"uuu": 46, "ggg": 40, "uug": 14},
    "post": {"ggg": 52, "gbb": 14, "ggb": 10, "bbb": 8, "uuu": 16},
    "owner": {"uuu": 58, "ggg": 28, "ccc": 8, "bbb": 6},
    "contacts": {"uuu": 62, "bbb": 10, "ggg": 28},
    "object": {"ggg": 64, "uuu": 28, "bbb": 8},
    "badge": {"bbb": 56, "bbu": 12, "uuu": 32},
    "profile": {"bbb": 64, "uuu": 36},
    "reviewed": {"ggg": 34, "guu": 22, "ugg": 14, "uuu": 30},
}
_OF_OTHERS = {
    "decision": {"ggg": 30, "ugg": 16, "uug": 10, "bbb": 12, "uuu": 32},
    "badge": {"bbb": 62, "uuu": 38},
    "post": {"ggg": 60, "uuu": 40},
    "profile": {"bbb": 60, "uuu": 40},
    "visibility": {"ggg": 100},
    "reviewed": {"ggg": 40, "guu": 20, "uuu": 40},
}
_SELDOM, _WELL_KEPT = 10, 48


def habits_of(presence: Presence) -> Mapping[str, str]:
    """Return the habit of each topic; a case brings its own, others are drawn."""
    if presence.case:
        return presence.habits
    if presence.of_others:
        return _drawn(presence, _OF_OTHERS, 0)
    if not presence.recognised:
        return _drawn(presence, _UNOFFICIAL, 6)
    return _drawn(presence, _OFFICIAL, _WELL_KEPT)


def _drawn(
    presence: Presence, table: Mapping[str, Mapping[str, int]], well_kept: int
) -> Mapping[str, str]:
    careful = drawn(100, "care", presence.seed) < well_kept
    return {
        topic: _GOOD
        if careful and topic != "badge" and drawn(100, "slip", topic, presence.seed) >= _SELDOM
        else weighted(weights, topic, presence.seed)
        for topic, weights in table.items()
    }
