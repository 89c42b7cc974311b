"""Search: what people type, what they find."""

import pytest

from inventory.actor import Actor
from inventory.record import Account, AccountKey, Organisation
from inventory.search import AccountList, read_search
from inventory.store import Store
from inventory.vocabulary import AccountClass, Badge, OfficialStatus, OrganisationKind

ME = Actor("Unit Komunikasi")


@pytest.fixture
def accounts(tmp_path):
    with Store.open(tmp_path / "inventory.db") as store:
        with store.change(ME, "set up") as change:
            ministry = change.add(
                Organisation(
                    name_ms="Kementerian Contoh",
                    name_en="Ministry of Examples",
                    short_name="KC",
                    kind=OrganisationKind.MINISTRY,
                )
            )
            agency = change.add(
                Organisation(
                    name_ms="Jabatan Perikanan Olok-olok",
                    kind=OrganisationKind.DEPARTMENT,
                    parent_id=ministry,
                )
            )
            for platform, handle, organisation, values in [
                ("facebook", "contoh", ministry, {"official_status": OfficialStatus.OFFICIAL}),
                ("x", "Contoh_MY", ministry, {"badge": Badge.GOVERNMENT, "admin_count": 2}),
                ("facebook", "olok", agency, {"account_class": AccountClass.THIRD_PARTY}),
                ("tiktok", "ménteri", agency, {"display_name": "YB Menteri"}),
            ]:
                row_id = change.add(
                    Account(
                        organisation_id=organisation,
                        platform=platform,
                        handle=handle,
                        url=f"https://{platform}.example/{handle}",
                        **values,
                    )
                )
                change.add(AccountKey(account_id=row_id, key=f"{platform}:handle:{handle.lower()}"))
            change.connection.execute(
                "INSERT INTO account_marks (account_id, unofficial, individual, findings)"
                " VALUES (3, 'yes', 'not_assessed', 2), (4, 'no', 'yes', 1)"
            )
        reader = store.reader()
        yield AccountList(reader, ("handle",))
        reader.close()


def found(accounts, text, order=()):
    ids = list(accounts.all_ids(text, order))
    assert accounts.count(text) == len(ids)
    assert accounts.first_ids(text, order, 2) == ids[:2]
    cells = accounts.rows(ids)
    return [cells[row_id][0] for row_id in ids]


@pytest.mark.parametrize(
    ("text", "handles"),
    [
        ("", ["olok", "ménteri", "contoh", "Contoh_MY"]),
        ("contoh", ["contoh", "Contoh_MY"]),
        ("CONTOH facebook", ["contoh"]),
        ("menteri", ["ménteri", "contoh", "Contoh_MY"]),
        ("examples", ["contoh", "Contoh_MY"]),
        ("platform:x", ["Contoh_MY"]),
        ("platform:twitter", ["Contoh_MY"]),
        ("platform:x,facebook olok", ["olok"]),
        ("status:official", ["contoh"]),
        ("status:rasmi", []),
        ("badge:government", ["Contoh_MY"]),
        ("class:third-party", ["olok"]),
        ("flag:unofficial", ["olok"]),
        ("flag:unofficial=not_assessed", ["contoh", "Contoh_MY"]),
        ("flag:individual", ["ménteri"]),
        ("ministry:contoh", ["olok", "ménteri", "contoh", "Contoh_MY"]),
        ("ministry:kc", ["olok", "ménteri", "contoh", "Contoh_MY"]),
        ("org:contoh", ["contoh", "Contoh_MY"]),
        ("kind:department", ["olok", "ménteri"]),
        ('org:"perikanan olok"', ["olok", "ménteri"]),
        ("!platform:facebook", ["ménteri", "Contoh_MY"]),
        ("!menteri", ["olok"]),
        ("has:admin_count", ["Contoh_MY"]),
        ("missing:badge contoh", ["contoh"]),
        ("x:handle:contoh_my", ["Contoh_MY"]),
        ('"open quotation contoh', []),
        ("' OR 1=1 --", []),
        ("%", []),
    ],
)
def test_search(accounts, text, handles):
    if text == "status:rasmi":
        assert read_search(text).problems
    assert found(accounts, text) == handles


@pytest.mark.parametrize(
    "text", ["status:perhaps", "platform:smokesignals", "flag:ugly", "missing:soul", "flag:"]
)
def test_a_term_that_makes_no_sense_finds_nothing_and_says_why(accounts, text):
    problems = read_search(text).problems
    assert bool(problems) == (text != "flag:")
    assert found(accounts, text) == []


def test_sorting(accounts):
    assert found(accounts, "", [("findings", True)])[:2] == ["olok", "ménteri"]
    assert found(accounts, "", [("platform", False), ("handle", True)]) == [
        "olok",
        "contoh",
        "ménteri",
        "Contoh_MY",
    ]
    assert found(accounts, "", [("no such column", False)])[0] == "olok"
