"""What an agreed plan will write, in the terms of the record; made by the plan, done by `apply`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from inventory.identity import Identity


@dataclass(frozen=True, slots=True)
class Reference:
    """An organisation: one of the inventory by row id, or one of the file by its key."""

    row_id: int | None
    key: str


@dataclass(frozen=True, slots=True)
class NewOrganisation:
    """An organisation to record, with its other names and its domains."""

    key: str
    name: str
    values: Mapping[str, Any]
    names: tuple[str, ...]
    domains: tuple[str, ...]
    parent: Reference | None


@dataclass(frozen=True, slots=True)
class OrganisationEdit:
    """What a file adds to an organisation of the inventory; blanks are filled, nothing replaced."""

    row_id: int
    version: int
    values: Mapping[str, Any]
    names: tuple[str, ...]
    domains: tuple[str, ...]
    parent: Reference | None


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account to record under its key; `former` are the keys it had before."""

    identity: Identity
    organisation: Reference
    values: Mapping[str, Any]
    former: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AccountEdit:
    """The fields of an account of the inventory that change; with a new identity, its keys too."""

    row_id: int
    version: int
    values: Mapping[str, Any]
    renamed: Identity | None = None
    former: tuple[str, ...] = ()


@dataclass(slots=True)
class Steps:
    """Everything a plan writes. Accounts are named by row id, new ones by key."""

    new_organisations: list[NewOrganisation] = field(default_factory=list)
    organisation_edits: list[OrganisationEdit] = field(default_factory=list)
    new_accounts: list[NewAccount] = field(default_factory=list)
    account_edits: list[AccountEdit] = field(default_factory=list)
    listings: list[int | str] = field(default_factory=list)
    seen: dict[int | str, date] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be written at all."""
        return not any(
            (
                self.new_organisations,
                self.organisation_edits,
                self.new_accounts,
                self.account_edits,
                self.listings,
                self.seen,
            )
        )
