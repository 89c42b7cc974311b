"""The command line on a real file: what a person types, reads, and gets as exit code."""

import json
import subprocess
import sys

import pytest

from inventory.actor import Actor
from inventory.record import Organisation
from inventory.store import Store
from inventory.vocabulary import OrganisationKind
from tui import cli

CONTOH = "https://www.facebook.com/kementerian.contoh.demo/about"


@pytest.fixture
def db(tmp_path, monkeypatch):
    path = tmp_path / "inventory.db"
    with Store.open(path) as store, store.change(Actor("Ujian"), "set up") as change:
        change.add(
            Organisation(
                name_ms="Kementerian Contoh",
                name_en="Ministry of Examples",
                short_name="KC",
                kind=OrganisationKind.MINISTRY,
            )
        )
    monkeypatch.setenv("RASMI_DB", str(path))
    return path


@pytest.fixture
def rasmi(db, capsys):
    def call(*words):
        code = cli.main(list(words))
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def added(rasmi):
    code, out, err = rasmi("add", CONTOH, "--organisation", "KC", "badge=none", "admin_count=2")
    assert (code, err) == (0, "")
    return out.split()[0]


def test_an_account_is_added_edited_logged_and_taken_back(rasmi):
    uid = added(rasmi)
    assert rasmi("edit", uid, "handler_from=1/2/2026", "--reason", "letter 7")[0] == 0
    code, out, _err = rasmi("log")
    assert code == 0
    assert "letter 7" in out
    assert rasmi("undo")[1].startswith("Taken back: change 3")
    (entry,) = json.loads(rasmi("log", "4", "--json")[1])
    assert entry["undoes"] == 3
    assert entry["wrote"][0]["after"]["handler_from"] is None
    code, out, _err = rasmi("verify")
    assert code == 0
    assert "whole" in out


def test_accounts_as_data(rasmi):
    uid = added(rasmi)
    assert json.loads(rasmi("accounts", "--json")[1]) == [
        {
            "id": uid,
            "key": "facebook:handle:kementeriancontohdemo",
            "keys": ["facebook:handle:kementeriancontohdemo"],
            "platform": "facebook",
            "handle": "kementerian.contoh.demo",
            "url": "https://www.facebook.com/kementeriancontohdemo",
            "organisation": "Kementerian Contoh",
            "official_status": "unknown",
            "badge": "none",
            "class": "unknown",
            "flags": {
                "unofficial": "not_assessed",
                "unverified": "not_assessed",
                "unmonitorable": "not_assessed",
                "individual": "not_assessed",
            },
        }
    ]
    assert json.loads(rasmi("accounts", "platform:x", "--json")[1]) == []


def test_the_same_account_is_not_added_twice(rasmi):
    uid = added(rasmi)
    code, _out, err = rasmi("add", CONTOH.replace("www.", "m."), "--organisation", "KC")
    assert code == 2
    assert uid in err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["add", CONTOH, "--organisation", "nobody"], "No organisation is called"),
        (["add", CONTOH, "--organisation", "KC", "badge=shiny"], "is none of"),
        (["add", CONTOH, "--organisation", "KC", "bagde=none"], "badge"),
        (["add", CONTOH, "--organisation", "KC", "badge"], "field=value"),
        (["add", CONTOH, "--organisation", "KC", "admin_count=two"], "whole number"),
        (["add", CONTOH, "--organisation", "KC", "reviewed_on=404"], "is no date"),
        (["add", CONTOH, "--organisation", "KC", "notes=IC 850101-14-5523"], "looks like"),
        (["add", "https://www.facebook.com/groups/1", "--organisation", "KC"], "not an account"),
        (["edit", "A-nothing", "badge=none"], "No account is called"),
        (["accounts", "status:perhaps"], "is none of"),
        (["undo", "99"], "no change number"),
        (["acounts"], "Did you mean “accounts”?"),
    ],
)
def test_what_is_wrong_is_one_sentence_and_exit_code_2(rasmi, words, sentence):
    code, out, err = rasmi(*words)
    assert code == 2
    assert out == ""
    assert sentence in err


def test_a_missing_inventory_says_what_to_do(rasmi, tmp_path):
    code, _out, err = rasmi("accounts", "--db", str(tmp_path / "none.db"))
    assert code == 2
    assert "Import a list" in err


def test_help_lists_every_verb_and_each_explains_itself(rasmi, capsys):
    from tui.actions import verbs

    _code, out, _err = rasmi("--help")
    for verb in verbs():
        assert f"\n  {verb} " in out
        with pytest.raises(SystemExit) as left:
            cli.main([verb, "--help"])
        assert left.value.code == 0
        assert f"rasmi {verb}" in capsys.readouterr().out


def test_text_from_data_never_reaches_the_terminal_raw(rasmi):
    uid = added(rasmi)
    rasmi("edit", uid, "purpose=red \x1b[31m\u202e\x9b2J", "--reason", "\x1b]52;c;eA==\x07")
    for words in (["log"], ["log", "3"], ["accounts"], ["account", uid], ["organisations"]):
        _code, out, err = rasmi(*words)
        assert not set(out + err) & set("\x1b\x9b\x07\u202e"), words


def test_identify_says_what_each_address_is(rasmi):
    code, out, _err = rasmi("identify", "--json", CONTOH, "https://t.me/joinchat/AAAAAEkk2WdoDrB4")
    account, invite = json.loads(out)
    assert code == 1
    assert (account["platform"], account["key"]) == (
        "facebook",
        "facebook:handle:kementeriancontohdemo",
    )
    assert invite["not_account"] == "invite"


def test_a_reader_that_stops_reading_is_no_crash(db):
    run = subprocess.run(
        f"{sys.executable} -m tui --help | head -1",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in run.stderr
