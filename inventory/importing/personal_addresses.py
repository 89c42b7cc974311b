"""The address that is recorded for an account whose address has the form of a personal profile.

Such a form is lost in the canonical address where both lead to one number. It is kept, for an
audit reads from it that the account may be a person's; it asks, for agencies use such forms too.
"""

from urllib.parse import urlsplit

from inventory.identity import Identity, identify

_FORM = "profile.php?id={value}"


def address_of(found: Identity) -> str:
    """Return the canonical address, in a personal form where the account was given in one."""
    if found.personal_form is None or _form_of(found.url, found) is not None:
        return found.url
    site = urlsplit(found.url)
    address = f"{site.scheme}://{site.netloc}/{_FORM.format(value=found.value)}"
    return address if _form_of(address, found) is not None else found.url


def _form_of(address: str, found: Identity) -> str | None:
    """Return the personal form of another address of the same account, None for none."""
    same = identify(address, found.platform)
    return same.personal_form if isinstance(same, Identity) and same.key == found.key else None
