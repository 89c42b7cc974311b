"""An agreed plan carried out: one change, all of it, and nothing the second time."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inventory import log
from inventory.checks import faults
from inventory.importing.apply import StalePlan, apply_plan
from inventory.record import Account, Organisation
from inventory.store import Store
from inventory.undo import undo
from inventory.vocabulary import Badge
from tests.inventory.lists import (
    ACTOR,
    TODAY,
    imported,
    outcomes,
    planned,
    rows_of,
    shuffled,
    table,
)

LIST = """
Kod,Organisasi,Laman web,Platform,Pautan,Status rasmi,Hantaran terakhir
JC,Jabatan Contoh,https://contoh.gov.my,Facebook,https://facebook.com/contoh.rasmi,Rasmi,01/11/2026
JC,Jabatan Contoh,https://contoh.gov.my,X,https://x.com/ContohRasmi,Rasmi,02/11/2026
JC,JABATAN CONTOH,,X,https://twitter.com/contohrasmi,Rasmi,02/11/2026
JU,Jabatan Umpama,,YouTube,https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv,Tidak rasmi,
JU,Jabatan Umpama,,X,https://x.com/umpama,,
JM,Jabatan Misal,,X,https://x.com/umpama,,
JM,Jabatan Misal,,X,https://x.com/misal,Rasmi,404
JM,Jabatan Misal,,TikTok,https://vt.tiktok.com/ZSabcdef/,,"""


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "inventory.db") as opened:
        yield opened


def state(store):
    """What the inventory holds, whatever its row numbers."""
    return (
        rows_of(
            store,
            "SELECT a.uid, o.uid, a.handle, a.url, a.official_status, a.last_post_on, a.badge,"
            " a.first_seen_on FROM accounts a JOIN organisations o ON o.id = a.organisation_id"
            " ORDER BY 1",
        ),
        rows_of(
            store,
            "SELECT uid, code, name_ms, name_en, website, kind FROM organisations ORDER BY 1",
        ),
        rows_of(store, "SELECT name FROM organisation_names ORDER BY 1"),
        rows_of(store, "SELECT domain FROM organisation_domains ORDER BY 1"),
        rows_of(store, "SELECT key FROM account_keys ORDER BY 1"),
        rows_of(
            store,
            "SELECT s.name, a.uid FROM listings l JOIN sources s ON s.id = l.source_id"
            " JOIN accounts a ON a.id = l.account_id ORDER BY 1, 2",
        ),
    )


def test_an_import_is_one_change_that_verifies(store):
    done = imported(store, LIST)
    assert done.accounts_added == 4
    assert done.organisations_added == 3
    (change,) = log.changes(store.connection)
    assert change.seq == done.seq
    assert change.source == "senarai"
    assert list(faults(store.connection)) == []
    assert rows_of(store, "SELECT name, rows, links FROM sources") == [("senarai", 8, 8)]


def test_importing_the_same_list_again_changes_nothing(store):
    imported(store, LIST)
    before = "\n".join(store.connection.iterdump())
    again = planned(store, LIST)
    assert again.changes_nothing
    assert set(outcomes(again)) <= {"same", "duplicate", "conflict", "not_account"}
    done = apply_plan(store, ACTOR, again, today=TODAY)
    assert done.seq is None
    assert "\n".join(store.connection.iterdump()) == before


@settings(max_examples=25)
@given(order=st.permutations(range(8)))
def test_the_same_rows_in_another_order_give_the_same_inventory(tmp_path_factory, order):
    folder = tmp_path_factory.mktemp("orders")
    whole = table(LIST)
    with Store.open(folder / "a.db") as one, Store.open(folder / "b.db") as other:
        imported(one, whole)
        imported(other, shuffled(whole, order))
        assert state(other) == state(one)
        assert planned(one, shuffled(whole, order)).changes_nothing


def test_only_what_differs_is_written(store):
    imported(store, LIST)
    done = imported(
        store,
        LIST.replace("ContohRasmi,Rasmi,02", "ContohRasmi,Rasmi,05").replace(
            "contohrasmi,Rasmi,02", "contohrasmi,Rasmi,05"
        ),
    )
    assert (done.accounts_added, done.accounts_changed) == (0, 1)
    (item,) = [item for item in log.items(store.connection, done.seq) if item.entity == "accounts"]
    assert item.before["last_post_on"] == "2026-11-02"
    assert item.after["last_post_on"] == "2026-11-05"
    assert set(item.after) == {"last_post_on", "version"}


def test_first_seen_is_kept(store):
    imported(store, LIST, today=TODAY)
    plan = planned(
        store,
        "Organisasi,Pautan,First seen\nJabatan Misal,https://x.com/misal,2020-01-01",
    )
    assert outcomes(plan) == ["same"]


def test_another_list_of_the_same_accounts_adds_only_that_it_lists_them(store):
    imported(store, LIST)
    plan = planned(store, LIST, source="lain")
    assert set(outcomes(plan)) <= {"same", "duplicate", "conflict", "not_account"}
    done = apply_plan(store, ACTOR, plan, today=TODAY)
    entities = {item.entity for item in log.items(store.connection, done.seq)}
    assert entities == {"sources", "listings"}


def test_a_plan_that_no_longer_holds_is_refused_and_nothing_is_written(store):
    imported(store, LIST)
    plan = planned(
        store,
        LIST.replace(
            "JM,Jabatan Misal,,X,https://x.com/misal,Rasmi",
            "JM,Jabatan Misal,,X,https://x.com/misal,Tidak rasmi",
        ),
    )
    assert "changed" in outcomes(plan)
    ((row_id, version),) = rows_of(store, "SELECT id, version FROM accounts WHERE handle = 'misal'")
    with store.change(ACTOR, "Sementara itu") as change:
        change.edit(Account, row_id, version, {"official_status": "disputed"})
    before = rows_of(store, "SELECT count(*) FROM changes")
    with pytest.raises(StalePlan):
        apply_plan(store, ACTOR, plan, today=TODAY)
    assert rows_of(store, "SELECT count(*) FROM changes") == before
    assert rows_of(store, "SELECT official_status FROM accounts WHERE handle = 'misal'") == [
        ("disputed",)
    ]


def test_a_plan_that_still_holds_is_carried_out(store):
    imported(store, "Organisasi,Pautan\nJabatan Asal,https://x.com/asal")
    plan = planned(store, LIST, source="lain")
    ((row_id, version),) = rows_of(store, "SELECT id, version FROM accounts")
    with store.change(ACTOR, "Sementara itu") as change:
        change.edit(Account, row_id, version, {"badge": Badge.NONE})
    assert apply_plan(store, ACTOR, plan, today=TODAY).accounts_added == 4


def test_a_failure_in_the_middle_leaves_nothing(store, monkeypatch):
    plan = planned(store, LIST)

    def fail(self):
        raise RuntimeError("power cut")

    monkeypatch.setattr("inventory.importing.apply._Writer.source", fail)
    with pytest.raises(RuntimeError):
        apply_plan(store, ACTOR, plan, today=TODAY)
    assert rows_of(
        store, "SELECT (SELECT count(*) FROM accounts), (SELECT count(*) FROM changes)"
    ) == [(0, 0)]


def test_an_import_can_be_undone(store):
    done = imported(store, LIST)
    undo(store, ACTOR, done.seq, "Silap senarai")
    assert rows_of(store, "SELECT count(*) FROM accounts") == [(0,)]
    assert list(faults(store.connection)) == []


def test_an_account_removed_from_the_list_stays(store):
    imported(store, LIST)
    shorter = "\n".join(line for line in LIST.splitlines() if "misal" not in line)
    imported(store, shorter)
    assert rows_of(store, "SELECT count(*) FROM accounts WHERE handle = 'misal'") == [(1,)]


def test_samples_are_kept_as_observations_once(store):
    samples = """
Agency,Url,Date Sampled
Contoh,https://x.com/contoh,10/24/2012
Contoh,https://x.com/contoh,12/13/2012"""
    imported(store, samples)
    imported(store, samples)
    query = "SELECT kind, value, seen_on, method, source FROM observations ORDER BY id"
    assert rows_of(store, query) == [("existence", "listed", "2012-12-13", "file", "senarai")]
    imported(store, f"{samples}\nContoh,https://x.com/contoh,01/14/2013")
    assert len(rows_of(store, query)) == 2


def test_organisations_keep_their_public_id_however_the_name_is_written(store, tmp_path):
    imported(store, "Organisasi\nKEMENTERIAN CONTOH")
    with Store.open(tmp_path / "other.db") as other:
        imported(other, "Organisasi\nKementerian Contoh Malaysia")
        query = "SELECT uid FROM organisations"
        assert rows_of(store, query) == rows_of(other, query)


def test_the_same_request_in_two_languages_of_the_screen_is_the_same_record(store, tmp_path):
    from inventory.language import Language, speaking

    imported(store, LIST)
    with speaking(Language.MALAY), Store.open(tmp_path / "malay.db") as other:
        imported(other, LIST)
        assert state(other) == state(store)


def test_what_is_recorded_reads_back_as_records(store):
    from inventory.reading import every

    imported(store, LIST)
    accounts = list(every(store.connection, Account))
    assert {account.platform for account in accounts} == {"facebook", "x", "youtube"}
    assert len(list(every(store.connection, Organisation))) == 3
