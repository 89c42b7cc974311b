"""The reference page says what the program does, no more and no less."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from inventory.actor import Actor
from inventory.record import Organisation
from inventory.store import Store
from tui import cli, reference
from tui.actions import ACTIONS, verbs

ROOT = Path(__file__).parents[2]
LIST = "Kementerian,Platform,Pautan\nKementerian Contoh,Facebook,https://fb.com/contoh.demo.satu\n"


def test_the_page_is_current():
    run = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "reference.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_every_action_is_on_the_page(monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    page = reference.page()
    for action in ACTIONS:
        if action.verb:
            assert f"### rasmi {action.verb}\n" in page
        for key in action.keys:
            assert f"`{key}`" in page.replace("\\|", "|")
        if action.verb or action.keys:
            assert action.help in page


@pytest.fixture
def filled(tmp_path, monkeypatch, capsys):
    path = tmp_path / "inventory.db"
    monkeypatch.setenv("RASMI_DB", str(path))
    with Store.open(path) as store, store.change(Actor("Ujian"), "set up") as change:
        change.add(Organisation(name_ms="Kementerian Contoh", short_name="KC"))
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    cli.main(["import", str(tmp_path / "list.csv"), "--yes"])
    cli.main(["audit", "--exit-zero"])
    capsys.readouterr()
    return tmp_path / "list.csv"


CALLS = {
    "accounts": ["--json"],
    "account": ["1", "--json"],
    "organisations": ["--json"],
    "findings": ["--state", "any", "--json"],
    "rules": ["--json"],
    "audit": ["--json", "--exit-zero"],
    "import": ["LIST", "--dry-run", "--json"],
    "identify": ["https://fb.com/contoh.demo.satu", "wa.me/60", "?", "--json"],
    "log": ["1", "--json"],
    "verify": ["--json"],
}


@pytest.mark.parametrize("verb", CALLS)
def test_json_has_the_keys_the_page_names(filled, capsys, verb):
    cli.main([verb, *(str(filled) if word == "LIST" else word for word in CALLS[verb])])
    answer = json.loads(capsys.readouterr().out)
    entries = answer if isinstance(answer, list) else [answer]
    said = set(cli.command_module(verb).ANSWER)
    given = set().union(*(entry.keys() for entry in entries)) if entries else said
    missing = said - given - {"refused_whole", "remedy", "wrote"}
    assert not missing
    if verb not in ("account", "import"):
        assert not given - said


def test_verbs_with_json_document_it():
    for verb in verbs():
        module = cli.command_module(verb)
        options = reference.parser_of(verbs()[verb], module).format_help()
        assert ("--json" in options) == hasattr(module, "ANSWER_IS"), verb
