"""`rasmi leads`: what a person sees of leads and gaps, and what deciding on them does."""

import json
from datetime import date

import pytest

from inventory.actor import Actor
from inventory.record import Lead, Organisation
from inventory.store import Store
from inventory.vocabulary import LeadOrigin, OrganisationKind
from tui import cli

FOUND = date(2026, 11, 2)
ACTOR = Actor("Ujian")


@pytest.fixture
def db(tmp_path, monkeypatch):
    path = tmp_path / "inventory.db"
    with Store.open(path) as store, store.change(ACTOR, "set up") as change:
        change.add_many(
            [
                Organisation(
                    name_en="Ministry of Examples", short_name="KC", kind=OrganisationKind.MINISTRY
                ),
                Organisation(name_en="Agency of Trials", short_name="AU", parent_id=1),
            ]
        )
        change.add_many(
            [
                Lead(
                    uid=f"L-{number}",
                    organisation_id=organisation,
                    platform="x",
                    key=f"x:handle:{name}",
                    url=f"https://x.com/{name}",
                    origin=LeadOrigin.REL_ME,
                    source="https://www.contoh.gov.my/\x1b[31m",
                    found_on=FOUND,
                )
                for number, (organisation, name) in enumerate([(1, "kemcontoh"), (2, "agensi")], 1)
            ]
        )
    monkeypatch.setenv("RASMI_DB", str(path))
    return path


@pytest.fixture
def rasmi(db, capsys):
    def call(*words):
        code = cli.main(["leads", *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def data(rasmi, *words):
    code, out, err = rasmi(*words, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


def test_leads_as_data(rasmi):
    first, second = data(rasmi)
    assert first == {
        "id": "L-1",
        "organisation": "Ministry of Examples",
        "platform": "x",
        "key": "x:handle:kemcontoh",
        "url": "https://x.com/kemcontoh",
        "origin": "rel_me",
        "source": "https://www.contoh.gov.my/\x1b[31m",
        "found_on": "2026-11-02",
        "state": "open",
        "reason": None,
    }
    assert second["organisation"] == "Agency of Trials"
    assert [lead["id"] for lead in data(rasmi, "--organisation", "AU")] == ["L-2"]
    assert [lead["id"] for lead in data(rasmi, "--organisation", "KC")] == ["L-1", "L-2"]


def test_leads_as_words_are_fit_to_be_looked_at(rasmi):
    code, out, _err = rasmi()
    assert code == 0
    assert "kemcontoh" in out
    assert "2 leads" in out
    assert "\x1b" not in out


def test_accepting_records_the_accounts(rasmi, capsys):
    code, out, _err = rasmi("--accept", "L-1", "2", "--date", "2026-11-20")
    assert code == 0
    assert out.count("recorded") == 2
    assert data(rasmi) == []
    assert {lead["state"] for lead in data(rasmi, "--state", "accepted")} == {"accepted"}
    assert cli.main(["accounts", "--json"]) == 0
    accounts = json.loads(capsys.readouterr().out)
    assert {account["url"] for account in accounts} == {
        "https://x.com/kemcontoh",
        "https://x.com/agensi",
    }
    assert {account["official_status"] for account in accounts} == {"unknown"}


def test_rejecting_keeps_the_reason_on_the_deny_list(rasmi):
    rejected = data(rasmi, "--reject", "L-2", "--reason", "akaun kempen")
    assert [(lead["state"], lead["reason"]) for lead in rejected] == [("rejected", "akaun kempen")]
    assert [lead["id"] for lead in data(rasmi, "--state", "rejected")] == ["L-2"]
    assert "rejected: akaun kempen" in rasmi("--state", "any")[1]


def test_gaps(rasmi):
    first, *others = data(rasmi, "--gaps")
    assert first == {
        "organisation": "Ministry of Examples",
        "platform": "facebook",
        "expected_by": "policy",
        "leads": [],
    }
    assert [gap["platform"] for gap in others] == ["instagram", "tiktok"]
    assert "3 expected accounts are missing" in rasmi("--gaps")[1]


def test_leads_from_a_saved_entity_of_wikidata(rasmi, tmp_path):
    snak = {"snaktype": "value", "datavalue": {"value": "kemcontoh"}}
    claims = {"P2003": [{"mainsnak": snak, "rank": "normal"}]}
    file = tmp_path / "Q900.json"
    file.write_text(json.dumps({"entities": {"Q900": {"id": "Q900", "claims": claims}}}))
    words = ("--wikidata", str(file), "--organisation", "KC")
    (lead,) = data(rasmi, *words)
    assert (lead["key"], lead["origin"]) == ("instagram:handle:kemcontoh", "wikidata")
    assert data(rasmi, *words) == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--accept", "L-9"], "No lead is called"),
        (["--accept", "L-1", "L-9"], "No lead is called"),
        (["--reject", "L-1"], "--reason"),
        (["--organisation", "nobody"], "No organisation is called"),
        (["--wikidata", "none.json"], "--organisation"),
        (["--wikidata", "none.json", "--organisation", "KC"], "is not a file"),
    ],
)
def test_what_is_wrong_is_one_sentence_and_changes_nothing(rasmi, words, sentence):
    code, out, err = rasmi(*words)
    assert (code, out) == (2, "")
    assert sentence in err
    assert len(data(rasmi)) == 2
