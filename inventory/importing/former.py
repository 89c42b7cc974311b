"""What an account was called before, as a list tells it: its former keys, or its new address.

An account that is known under what a row calls its former handle has been renamed. A key is told
to be former only where no other account of the list or the inventory goes by it.
"""

from collections.abc import Mapping as Dictionary

from inventory.identity import Identity, identify
from inventory.importing.cell_links import links_in
from inventory.importing.known import KnownAccount
from inventory.importing.links import Link
from inventory.importing.mapped import Mapping
from inventory.importing.rows import Row
from inventory.importing.targets import Part
from inventory.importing.values import left_out, shown
from inventory.language import _
from inventory.platforms import platform_named
from inventory.privacy import guard_text
from inventory.safe_text import visible


class FormerCells:
    """Reads the columns of former handles and addresses; made once for a table."""

    def __init__(self, mapping: Mapping) -> None:
        self._columns = [(at, mapping.columns[at].header) for at in mapping.places(Part.FORMER)]

    def tell(self, row: Row, links: list[Link]) -> None:
        """Give the accounts of a row what they were called before, or a warning."""
        for at, header in self._columns:
            for value, label in links_in(row.cells[at], ""):
                finding = guard_text(value)
                if finding is not None:
                    _warn(links, left_out(header, finding.kind.label))
                elif not _tell(links, value, label):
                    _warn(links, _no_former(value, header))


def _tell(links: list[Link], value: str, label: str) -> bool:
    """Give a former name to the account on its platform; a bare one only where there is one."""
    accounts = [link for link in links if isinstance(link.found, Identity)]
    named = platform_named(label) if label else None
    taken = False
    for link in accounts:
        own = link.found.platform if isinstance(link.found, Identity) else ""
        said = named.key if named else (own if len(accounts) == 1 else None)
        found = identify(value, said)
        if isinstance(found, Identity) and found.platform == own:
            link.former += [found] if found.key != link.key else []
            taken = True
    return taken


def _warn(links: list[Link], warning: str) -> None:
    for link in links:
        link.warnings.append(warning)


def _no_former(value: str, header: str) -> str:
    return _("“{value}” in column {column} is no former account on this platform.").format(
        value=shown(value), column=header
    )


class FormerKeys:
    """Which keys of a list are former ones, and which accounts of the inventory they rename."""

    def __init__(self, links: list[Link], known: Dictionary[str, KnownAccount]) -> None:
        self._known = known
        self._listed = {link.key for link in links} - {""}
        self._claimed: dict[str, set[str]] = {}
        for link in links:
            for former in link.former:
                self._claimed.setdefault(former.key, set()).add(link.key)

    def renamed(self, link: Link) -> KnownAccount | None:
        """Return the account of the inventory that now goes by the key of `link`, if one does."""
        if link.key in self._known:
            return None
        found = [
            self._known[item.key]
            for item in link.former
            if self._is_free(item.key)
            and item.key in self._known
            and not self._known[item.key].is_former_key
        ]
        return found[0] if len({account.id for account in found}) == 1 else None

    def to_add(self, links: list[Link], own: int | None) -> tuple[tuple[str, ...], list[str]]:
        """Return the former keys to record for an account, and warnings about the others."""
        keys: list[str] = []
        warnings: list[str] = []
        if not self._claimed:
            return (), warnings
        for key in sorted({former.key for link in links for former in link.former}):
            holder = self._known.get(key)
            if holder is not None and holder.id == own:
                continue
            if holder is None and self._is_free(key):
                keys.append(key)
            else:
                warnings.append(_taken(key))
        return tuple(keys), warnings

    def _is_free(self, key: str) -> bool:
        return key not in self._listed and len(self._claimed.get(key, ())) == 1


def _taken(key: str) -> str:
    return _("{key} is said to be a former address; another account goes by it.").format(
        key=visible(key)
    )
