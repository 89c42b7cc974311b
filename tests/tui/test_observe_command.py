"""`rasmi observe`: one look recorded without the screen, and the screen opened on a search."""

import json
from pathlib import Path
from typing import Any

import pytest

from inventory.reading import every
from inventory.record import Account, AccountKey, Observation, Organisation
from inventory.store import Store
from inventory.vocabulary import ObservationMethod
from tests.tui.small_inventory import ACTOR
from tui import app, cli
from tui.going import ByHand

KEY = "facebook:handle:contoh.demo"
POST = "Penolong Pengarah"


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "inventory.db"
    with Store.open(path) as store, store.change(ACTOR, "set up") as change:
        owner = change.add(Organisation(name_ms="Kementerian Contoh"))
        url = "https://www.facebook.com/contoh.demo"
        account = Account(
            organisation_id=owner, platform="facebook", handle="contoh\x1b[31m", url=url
        )
        change.add(AccountKey(account_id=change.add(account), key=KEY))
    monkeypatch.setenv("RASMI_DB", str(path))
    return path


def seen(path: Path) -> list[tuple[str, str | None, str | None]]:
    with Store.open(path) as store:
        return [
            (one.kind.value, one.value, one.reason)
            for one in every(store.connection, Observation)
            if one.method is ObservationMethod.PERSON and one.by == POST
        ]


def test_a_look_is_one_change_with_post_and_date(db, capsys):
    words = ["observe", KEY, "--badge", "none", "--exists", "yes", "--last-post", "2026-11-01"]
    assert cli.main([*words, "--by", POST, "--date", "2026-11-20", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["exists"], said["badge"], said["last_post"]) == ("found", "none", "2026-11-01")
    assert seen(db) == [
        ("existence", "found", None),
        ("badge", "none", None),
        ("last_post", "2026-11-01", None),
    ]
    assert cli.main(["undo", str(said["change"])]) == 0
    assert seen(db) == []


@pytest.mark.parametrize(
    ("exists", "value", "reason"),
    [
        ("no", "not_found", None),
        ("suspended", "suspended", None),
        ("moved", "moved", None),
        ("private", "private", None),
        ("login_wall", "unknown", "login_wall"),
        ("unknown", "unknown", "no_marker"),
    ],
)
def test_what_stands_at_the_address(db, capsys, exists, value, reason):
    assert cli.main(["observe", KEY, "--exists", exists, "--by", POST]) == 0
    assert "\x1b" not in capsys.readouterr().out
    assert seen(db) == [("existence", value, reason)]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ((KEY, "--exists", "yes"), "--by: Name the post"),
        ((KEY, "--exists", "yes", "--by", "ali 012-3456789"), "mobile phone number"),
        ((KEY, "--badge", "none", "--by", POST), "--exists"),
        ((KEY, "--exists", "no", "--badge", "government", "--by", POST), "Neither badge"),
        ((KEY, "--exists", "yes", "--last-post", "soon", "--by", POST), "is no date"),
        (
            (KEY, "--exists", "yes", "--last-post", "2099-01-01", "--by", POST),
            "cannot be later than today",
        ),
        (("nobody", "--exists", "yes", "--by", POST), "No account is called"),
        (("a", "b", "--exists", "yes", "--by", POST), "Name one account"),
        (("--platform", "nonsense"), "No platform is called"),
        (("flag:nonsense",), "flag:"),
    ],
)
def test_what_makes_no_sense_is_explained_and_writes_nothing(db, capsys, words, why):
    assert cli.main(["observe", *words]) == 2
    assert why in capsys.readouterr().err
    assert seen(db) == []


def test_without_a_look_the_screen_opens_on_the_search(db, monkeypatch):
    opened: dict[str, Any] = {}
    monkeypatch.setattr(app, "run_app", lambda *_words, **named: opened.update(named) or 0)
    assert cli.main(["observe", "kementerian", "contoh", "--platform", "Facebook"]) == 0
    assert opened == {"opens": ByHand("kementerian contoh", ("facebook",))}
