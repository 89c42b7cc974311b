"""The three answers about an address: an account, something else, or nothing that can exist."""

from dataclasses import dataclass

from inventory.identity_forms import NotAccount
from inventory.identity_grammar import KeyKind
from inventory.language import N_, _


@dataclass(frozen=True, slots=True)
class Identity:
    """An account: its canonical key and address, its handle as it was written.

    `personal_form` names the personal-profile form the address had ("profile.php", "people",
    "linkedin in", "p Name-ID"); agencies use such forms too, so it is a hint and nothing more.
    """

    platform: str
    kind: KeyKind
    value: str
    url: str
    handle: str
    personal_form: str | None = None

    @property
    def key(self) -> str:
        """The canonical key, `platform:kind:value`."""
        return f"{self.platform}:{self.kind}:{self.value}"


@dataclass(frozen=True, slots=True)
class NotAnAccount:
    """An address that is no account. `key` is its own when it is a feed, else its author's."""

    what: NotAccount
    platform: str | None
    url: str
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Impossible:
    """A text no account can have: the rule it breaks and what to do, in the reader's language."""

    platform: str | None
    rule: str
    remedy: str


Outcome = Identity | NotAnAccount | Impossible

_LABELS = {
    NotAccount.SHARE_LINK: N_("a share or short link, which leads elsewhere"),
    NotAccount.POST: N_("a post, not the account that wrote it"),
    NotAccount.SEARCH_PAGE: N_("a search page"),
    NotAccount.FEED: N_("a news feed"),
    NotAccount.GROUP: N_("a group"),
    NotAccount.INVITE: N_("an invitation to a group or private channel"),
    NotAccount.PHONE_LINK: N_("a telephone number"),
    NotAccount.OWN_SITE_PAGE: N_("a page of the organisation's own website"),
    NotAccount.PAGE: N_("a page of a website, not an account"),
    NotAccount.APP: N_("an app in a store"),
    NotAccount.MAIL_ADDRESS: N_("a mail address"),
    NotAccount.FILE: N_("a file"),
}


def describe(what: NotAccount) -> str:
    """Return what an address is instead of an account, in the language spoken here."""
    return _(_LABELS[what])
