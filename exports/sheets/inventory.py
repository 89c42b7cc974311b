"""Inventory: every account, with what the record says of it and what the audit concluded."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from audits.account_rows import Register, RegisterRow, register
from audits.flags import Flag, Raised
from audits.rules import Severity
from exports.row_stream import ColumnSpec, Entry, Item, Streamed, stream_rows
from exports.sheets import sheet
from exports.sheets.layout import A3, colour_column, heading, print_setup, widths
from exports.sheets.material import Material
from exports.sheets.wording import capital, platform_name
from exports.styles import Style, light
from inventory.language import N_, _
from inventory.record import Organisation
from inventory.vocabulary import OfficialStatus, OrganisationStatus

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_FROZEN = 2
_STATUS, _FIRST_FLAG, _WORST = 7, 12, 17
_FLAG_LIGHTS = {
    Raised.YES: Style.FAIL,
    Raised.NO: Style.NOT_APPLICABLE,
    Raised.NOT_ASSESSED: Style.NOT_ASSESSED,
}
_STATUS_LIGHTS = {
    OfficialStatus.OFFICIAL: Style.PASS,
    OfficialStatus.UNOFFICIAL: Style.FAIL,
    OfficialStatus.DISPUTED: Style.MEDIUM,
    OfficialStatus.UNKNOWN: Style.NOT_ASSESSED,
}


@sheet("inventory", N_("Inventory"), N_("Every account, its status, badge, flags and keepers."))
def build(tab: "Worksheet", material: Material) -> None:
    """Lay out the register of accounts; its rows follow when the workbook is saved."""
    accounts = register(material.connection)
    material.watch.total += len(accounts.ids)
    columns = _columns()
    widths(tab, [spec.width for spec in columns])
    heading(
        tab,
        _("All accounts"),
        _(
            "One row is one account. The four flags are those of the audit run; an account that"
            " was recorded after it is not assessed. The address opens for flagged accounts only."
        ),
        material.back,
    )
    print_setup(tab, landscape=True, paper=A3, pages_wide=2)
    tab.print_title_cols = "A:B"
    top = tab.max_row + 1
    for number, row_id in enumerate(accounts.ids, top + 1):
        material.begin("inventory", row_id, number)

    def finish(streamed: Streamed) -> None:
        material.streamed["inventory"] = streamed
        _colour(tab, streamed)

    stream_rows(
        tab,
        columns,
        material.rows("inventory", _rows(material, accounts)),
        header_row=top,
        freeze_columns=_FROZEN,
        then=material.spoken(finish),
    )


def _columns() -> list[ColumnSpec]:
    return [
        ColumnSpec(_("Platform"), 12),
        ColumnSpec(_("Handle"), 26, Style.STRONG),
        ColumnSpec(_("Organisation"), 38, Style.WRAP),
        ColumnSpec(_("Ministry or branch"), 36, Style.WRAP),
        ColumnSpec(_("Kind of organisation"), 16, Style.WRAP),
        ColumnSpec(_("Address"), 44),
        ColumnSpec(_("Official status"), 13, Style.NOT_APPLICABLE),
        ColumnSpec(_("Badge"), 18, Style.WRAP),
        ColumnSpec(_("Badge seen on"), 12, Style.DATE),
        ColumnSpec(_("Class"), 14),
        ColumnSpec(_("State"), 11),
        *(ColumnSpec(capital(flag.label), 13, Style.NOT_APPLICABLE) for flag in Flag),
        ColumnSpec(_("Open findings"), 10, Style.NUMBER),
        ColumnSpec(_("Gravest finding"), 12, Style.NOT_APPLICABLE),
        ColumnSpec(_("Owner"), 14),
        ColumnSpec(_("Handler (post)"), 28, Style.WRAP),
        ColumnSpec(_("Monitoring unit"), 28, Style.WRAP),
        ColumnSpec(_("Last post on"), 12, Style.DATE),
        ColumnSpec(_("Record reviewed on"), 12, Style.DATE),
        ColumnSpec(_("Account id"), 20),
    ]


def _rows(material: Material, accounts: Register) -> Iterator[list[Item]]:
    for account in accounts.rows():
        yield _row(material, account)


def _row(material: Material, account: RegisterRow) -> list[Item]:
    flagged = Raised.YES in account.flags.values()
    status, worst = account.official_status, account.worst
    return [
        platform_name(account.platform),
        account.handle,
        account.organisation.name,
        account.branch,
        kind_of(account.organisation),
        Entry(account.url, Style.LINK, account.url) if flagged else account.url,
        Entry(status.label, _STATUS_LIGHTS[status]),
        account.badge.label,
        account.badge_seen_on,
        account.account_class.label,
        account.lifecycle.label,
        *(Entry(value.label, _FLAG_LIGHTS[value]) for value in account.flags.values()),
        _findings(material, account),
        Entry(worst.label, light(worst.value)) if worst else None,
        account.legal_owner.label,
        account.handler_position,
        account.monitoring_unit,
        account.last_post_on,
        account.reviewed_on,
        account.uid,
    ]


def kind_of(organisation: Organisation) -> str:
    """Return what an organisation is, and that it is no more where it is no more."""
    if organisation.status is OrganisationStatus.ACTIVE:
        return organisation.kind.label
    return f"{organisation.kind.label} · {organisation.status.label}"


def _findings(material: Material, account: RegisterRow) -> Item:
    place = material.place_of("findings", ("account", account.id))
    return Entry(account.findings, Style.LINK, place) if place else account.findings


def _colour(tab: "Worksheet", streamed: Streamed) -> None:
    statuses = [(status.label, style) for status, style in _STATUS_LIGHTS.items()]
    colour_column(tab, _STATUS, streamed, statuses)
    flags = [(value.label, style) for value, style in _FLAG_LIGHTS.items()]
    for place, _flag in enumerate(Flag):
        colour_column(tab, _FIRST_FLAG + place, streamed, flags)
    colour_column(tab, _WORST, streamed, [(s.label, light(s.value)) for s in Severity])
