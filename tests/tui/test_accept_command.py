"""`rasmi accept`: what was seen goes into the record by its id, and comes out again."""

import json
from datetime import date

import pytest

from inventory.actor import Actor
from inventory.record import Account, AccountKey, Observation, Organisation
from inventory.store import Store
from inventory.vocabulary import Badge, ObservationKind, ObservationMethod
from tui import cli

ACTOR = Actor("Ujian")
SEEN = (
    ("B-badge", ObservationKind.BADGE, "none", date(2026, 11, 3)),
    ("B-once", ObservationKind.EXISTENCE, "not_found", date(2026, 11, 1)),
    ("B-gone", ObservationKind.EXISTENCE, "not_found", date(2026, 11, 3)),
)


@pytest.fixture
def rasmi(tmp_path, monkeypatch, capsys):
    path = tmp_path / "inventory.db"
    with Store.open(path) as store, store.change(ACTOR, "set up") as change:
        organisation = change.add(Organisation(name_en="Ministry of Examples", short_name="KC"))
        account = change.add(
            Account(
                uid="A-contoh",
                organisation_id=organisation,
                platform="x",
                handle="kemcontoh",
                url="https://x.com/kemcontoh",
                badge=Badge.GOVERNMENT,
            )
        )
        change.add(AccountKey(account_id=account, key="x:handle:kemcontoh"))
        change.add_many(
            Observation(
                uid=uid,
                account_id=account,
                kind=kind,
                value=value,
                seen_on=day,
                method=ObservationMethod.PROBE,
                by="x",
            )
            for uid, kind, value, day in SEEN
        )
    monkeypatch.setenv("RASMI_DB", str(path))

    def call(*words):
        code = cli.main([*words, "--lang", "en"])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def recorded(rasmi, name):
    return json.loads(rasmi("account", "A-contoh", "--json")[1])[name]


def test_the_account_lists_what_was_seen_differently_with_its_id(rasmi):
    assert [(item["observation"], item["field"]) for item in recorded(rasmi, "differences")] == [
        ("B-badge", "badge"),
        ("B-gone", "lifecycle"),
    ]
    shown = rasmi("account", "A-contoh")[1]
    assert "B-badge  Badge: government → none" in shown


def test_what_was_seen_is_taken_over_and_taken_back(rasmi):
    code, out, err = rasmi("accept", "B-badge")
    assert (code, err) == (0, "")
    assert "Badge: government → none" in out
    assert recorded(rasmi, "badge") == "none"
    assert recorded(rasmi, "badge_seen_on") == "2026-11-03"
    rasmi("undo")
    assert recorded(rasmi, "badge") == "government"


def test_an_account_that_is_gone_takes_a_choice(rasmi):
    code, _out, err = rasmi("accept", "B-gone")
    assert code == 2
    assert "--close retired" in err
    assert recorded(rasmi, "lifecycle") == "active"
    (taken,) = json.loads(rasmi("accept", "B-gone", "--close", "retired", "--json")[1])
    assert taken["fields"] == {"lifecycle": "retired", "closed_on": "2026-11-03"}


def test_one_name_that_is_wrong_takes_nothing_over(rasmi):
    code, _out, err = rasmi("accept", "B-badge", "B-nothing")
    assert code == 2
    assert "B-nothing" in err
    assert recorded(rasmi, "badge") == "government"
