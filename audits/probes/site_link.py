"""The words of an observation of the official website: who points to whom."""

from enum import StrEnum

BY = "site"
"""The name under which these observations are kept."""


class SiteLink(StrEnum):
    """What an observation of the official website says of one account."""

    SITE_TO_ACCOUNT = "site_to_account"
    ACCOUNT_TO_SITE = "account_to_site"
    MUTUAL = "mutual"
    CONTRADICTED = "contradicted"
    NO = "no"
    UNKNOWN = "unknown"
