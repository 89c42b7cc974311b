"""What a probe noticed beside its conclusion: a closed list, kept as codes, shown as words.

A remark is `code` or `code: detail`; the detail comes from outside and is shown through
`visible()`.
"""

from enum import StrEnum

from audits.probes.keyed_remarks import KeyedRemark
from inventory.language import N_, _
from inventory.safe_text import visible


class Remark(StrEnum):
    """One thing worth knowing that is neither existence nor badge."""

    SCAM_LABEL = "scam_label"
    FAKE_LABEL = "fake_label"
    LABELLED = "labelled"
    LIMITED = "limited"
    MEMORIAL = "memorial"
    AUTOMATED = "automated"
    HANDLE_UNPROVED = "handle_unproved"
    DOMAIN_PROVED = "domain_proved"
    DOMAIN_DENIED = "domain_denied"
    DOMAIN_VERIFIED = "domain_verified"
    PROVED_LINK = "proved_link"
    NO_VERIFICATION_TOLD = "no_verification_told"
    RENAMED = "renamed"
    OTHER_NAME = "other_name"
    OTHER_ID = "other_id"
    BOTH_MARKERS = "both_markers"
    NAME_TAKEN = "name_taken"
    MAYBE_PRIVATE = "maybe_private"
    NOT_A_CHANNEL = "not_a_channel"
    NO_PREVIEW = "no_preview"
    PARKED = "parked"
    PLACEHOLDER = "placeholder"
    EMPTY_PAGE = "empty_page"
    LEADS_ELSEWHERE = "leads_elsewhere"
    FEED = "feed"

    @property
    def label(self) -> str:
        """The words for people, in the language spoken here."""
        return _(_LABELS[self])


def noted(remark: Remark, detail: str = "") -> str:
    """Return the remark as a sighting keeps it."""
    return f"{remark}: {detail}" if detail else str(remark)


def split(kept: str) -> tuple[str, str]:
    """Return the code and the detail of a remark as it was kept."""
    code, _colon, detail = kept.partition(": ")
    return code, detail


def words(kept: str) -> str:
    """Return a kept remark in the language spoken here, fit to be looked at."""
    code, detail = split(kept)
    known = next((kind(code) for kind in (Remark, KeyedRemark) if code in list(kind)), None)
    if known is None:
        return visible(kept)
    return f"{known.label}: {visible(detail)}" if detail else known.label


_LABELS = {
    Remark.SCAM_LABEL: N_("the platform labels it a scam"),
    Remark.FAKE_LABEL: N_("the platform labels it a fake"),
    Remark.LABELLED: N_("the platform put a label on it"),
    Remark.LIMITED: N_("the server limits who sees it"),
    Remark.MEMORIAL: N_("kept in memory of its owner"),
    Remark.AUTOMATED: N_("marked as run by a program"),
    Remark.HANDLE_UNPROVED: N_("its domain no longer confirms its name"),
    Remark.DOMAIN_PROVED: N_("the domain confirms the account"),
    Remark.DOMAIN_DENIED: N_("the domain names another account"),
    Remark.DOMAIN_VERIFIED: N_("the platform confirmed its domain"),
    Remark.PROVED_LINK: N_("the linked page links back"),
    Remark.NO_VERIFICATION_TOLD: N_("the answer holds nothing about a badge"),
    Remark.RENAMED: N_("the same account has another name now"),
    Remark.OTHER_NAME: N_("the answer is about another name"),
    Remark.OTHER_ID: N_("the answer is about another account"),
    Remark.BOTH_MARKERS: N_("the answer says yes and no at once"),
    Remark.NAME_TAKEN: N_("the name is taken, by an account in use, suspended or reserved"),
    Remark.MAYBE_PRIVATE: N_("the platform answers the same for a private account"),
    Remark.NOT_A_CHANNEL: N_("not a public channel or group"),
    Remark.NO_PREVIEW: N_("its posts are not shown on the web"),
    Remark.PARKED: N_("the address looks parked or for sale"),
    Remark.PLACEHOLDER: N_("the server shows a placeholder instead of a site"),
    Remark.EMPTY_PAGE: N_("the page is empty"),
    Remark.LEADS_ELSEWHERE: N_("the address leads to another site"),
    Remark.FEED: N_("news feed"),
}
