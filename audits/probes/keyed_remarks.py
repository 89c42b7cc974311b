"""What the interfaces with a key say beside existence and badge: a closed list, kept as codes."""

from enum import StrEnum

from inventory.language import N_, _


class KeyedRemark(StrEnum):
    """One thing worth knowing that only an interface with a key tells."""

    ABSENT_OR_PERSONAL = "absent_or_personal"
    ABSENT_OR_HIDDEN = "absent_or_hidden"
    ABSENT_OR_NOT_PROFESSIONAL = "absent_or_not_professional"
    ABSENT_OR_TOO_SMALL = "absent_or_too_small"
    PERSONAL_PROFILE = "personal_profile"
    UNCLAIMED = "unclaimed"
    COMMUNITY_PAGE = "community_page"
    PARODY = "parody"
    CATEGORY = "category"
    VERIFICATION_STATUS = "verification_status"
    NEARLY_USED_UP = "nearly_used_up"

    @property
    def label(self) -> str:
        """The words for people, in the language spoken here."""
        return _(_LABELS[self])


def noted(remark: KeyedRemark, detail: str = "") -> str:
    """Return the remark as a sighting keeps it."""
    return f"{remark}: {detail}" if detail else str(remark)


_LABELS = {
    KeyedRemark.ABSENT_OR_PERSONAL: N_("no such page, or a personal profile"),
    KeyedRemark.ABSENT_OR_HIDDEN: N_("not there, or not to be seen with this key"),
    KeyedRemark.ABSENT_OR_NOT_PROFESSIONAL: N_("not there, or not a professional account"),
    KeyedRemark.ABSENT_OR_TOO_SMALL: N_("not there, private, or with too few followers"),
    KeyedRemark.PERSONAL_PROFILE: N_("a personal profile, not a page"),
    KeyedRemark.UNCLAIMED: N_("a page nobody has claimed"),
    KeyedRemark.COMMUNITY_PAGE: N_("a community page, run by nobody in particular"),
    KeyedRemark.PARODY: N_("labelled as a parody"),
    KeyedRemark.CATEGORY: N_("category"),
    KeyedRemark.VERIFICATION_STATUS: N_("verification as the platform words it"),
    KeyedRemark.NEARLY_USED_UP: N_("the allowance of the key is nearly used up"),
}
