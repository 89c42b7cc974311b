"""Former handles and addresses: an account that was renamed stays one account."""

import pytest

from inventory.store import Store
from tests.inventory.lists import imported, line_of, outcomes, planned, rows_of

KEYS = "SELECT k.key, k.status FROM account_keys k ORDER BY k.key"


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "inventory.db") as opened:
        yield opened


NEW = """
Agensi,Platform,Akaun,Akaun lama
Jabatan Contoh,X,contoh_baru,@contoh_lama"""


def test_a_new_account_brings_its_former_keys(store):
    imported(store, NEW)
    assert rows_of(store, KEYS) == [
        ("x:handle:contoh_baru", "current"),
        ("x:handle:contoh_lama", "former"),
    ]
    assert planned(store, NEW).changes_nothing


def test_an_account_known_under_its_former_handle_has_been_renamed(store):
    imported(store, "Agensi,X\nJabatan Contoh,contoh_lama")
    plan = planned(store, NEW)
    assert outcomes(plan) == ["changed"]
    changed = {change.field: (change.before, change.after) for change in plan.lines[0].changes}
    assert changed["handle"] == ("contoh_lama", "contoh_baru")
    imported(store, NEW)
    assert rows_of(store, "SELECT handle, url FROM accounts") == [
        ("contoh_baru", "https://x.com/contoh_baru")
    ]
    assert rows_of(store, KEYS) == [
        ("x:handle:contoh_baru", "current"),
        ("x:handle:contoh_lama", "former"),
    ]
    assert planned(store, NEW).changes_nothing
    assert outcomes(planned(store, "Agensi,X\nJabatan Contoh,contoh_lama")) == ["same"]


def test_a_known_account_is_given_a_former_key_once(store):
    imported(store, "Agensi,X\nJabatan Contoh,contoh_baru")
    plan = planned(store, NEW)
    assert outcomes(plan) == ["changed"]
    imported(store, NEW)
    assert len(rows_of(store, KEYS)) == 2
    assert planned(store, NEW).changes_nothing


@pytest.mark.parametrize(
    "before",
    [
        "Agensi,X\nJabatan Lain,contoh_lama",  # it stands under another organisation
        "Agensi,X\nJabatan Contoh,contoh_lama\nJabatan Contoh,contoh_baru",  # both stand
    ],
)
def test_an_account_of_its_own_is_no_former_name(store, before):
    imported(store, before)
    plan = planned(store, NEW)
    assert outcomes(plan)[0] in ("new", "same")
    assert "contoh_lama" in plan.lines[0].warnings[0]
    imported(store, NEW)
    assert {status for _key, status in rows_of(store, KEYS)} == {"current"}


def test_a_former_name_that_the_same_list_still_names_is_not_former(store):
    plan = planned(store, NEW + "\nJabatan Contoh,X,contoh_lama,")
    assert outcomes(plan) == ["new", "new"]
    assert plan.lines[0].warnings
    assert all(not step.former for step in plan.steps.new_accounts)


def test_two_accounts_cannot_both_have_been_one(store):
    plan = planned(store, NEW + "\nJabatan Contoh,X,contoh_lain,contoh_lama")
    assert all(line.warnings for line in plan.lines)
    assert all(not step.former for step in plan.steps.new_accounts)


def test_in_a_row_of_several_platforms_only_addresses_tell(store):
    text = """
Agensi,Facebook,X,Bekas pautan
Jabatan Contoh,contoh.fb,contoh_x,{}"""
    by_address = planned(store, text.format("https://twitter.com/contoh_dulu"))
    former = {step.identity.platform: step.former for step in by_address.steps.new_accounts}
    assert former == {"facebook": (), "x": ("x:handle:contoh_dulu",)}
    by_name = planned(store, text.format("contoh_dulu"))
    assert all(not step.former for step in by_name.steps.new_accounts)
    assert all(line.warnings for line in by_name.lines)


def test_a_private_number_among_former_names_is_not_repeated(store):
    text = NEW.replace("@contoh_lama", "012-3456789")
    warning = line_of(planned(store, text), 2).warnings[0]
    assert "3456789" not in warning
