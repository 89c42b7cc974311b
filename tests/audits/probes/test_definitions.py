"""The table of adapters: what ships can be trusted, and what could conclude too much is refused."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.probes.definitions import DefinitionRefused, load, made_up, shipped
from audits.probes.platform_names import is_possible
from audits.probes.sightings import Outcome

HEAD = """
[walls]
challenge_titles = ["just a moment"]
challenge_marks = ["x"]
challenge_words = ["x"]
challenge_paths = ["/sorry/"]
login_titles = ["log in"]
login_words = ["x"]
login_paths = ["/login/"]
login_hosts = ["login."]
[parking]
parked_titles = ["for sale"]
parked_words = ["for sale"]
parked_hosts = ["parking.example"]
placeholder_titles = ["it works"]
"""
GOOD = {
    "head": """
site = "www.contoh.example"
platforms = ["tiktok"]
address = "https://www.contoh.example/{value}"
known_good = "contoh"
known_bad = "zz??????????????????"
""",
    "found": '[[adapters.contoh.marks]]\nmeans = "found"\ntext = ["here"]\n',
    "not_found": '[[adapters.contoh.marks]]\nmeans = "not_found"\ntext = ["nobody"]\n',
    "rest": "",
}


def _written(tmp_path: Path, **changed: str) -> Path:
    parts = GOOD | changed
    table = f"[adapters.contoh]{parts['head']}{parts['found']}{parts['not_found']}{parts['rest']}"
    path = tmp_path / "adapters.toml"
    path.write_text(HEAD + table, encoding="utf-8")
    return path


def _head(old: str, new: str) -> str:
    assert old in GOOD["head"]
    return GOOD["head"].replace(old, new)


def test_a_definition_with_everything_is_read(tmp_path: Path) -> None:
    assert set(load(_written(tmp_path)).adapters) == {"contoh"}


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"head": _head('known_good = "contoh"\n', "")}, "known_good"),
        ({"head": _head('known_bad = "zz??????????????????"\n', "")}, "known_bad"),
        ({"head": _head("zz??????????????????", "zz??")}, "eight letters"),
        ({"head": _head("zz??????????????????", "zz???????????????????????")}, "no handle of"),
        ({"head": _head('"contoh"', '"not a name"')}, "no handle of"),
        ({"head": _head('"tiktok"', '"tiptop"')}, "tiptop"),
        ({"head": _head("https://", "http://")}, "address"),
        ({"head": _head("/{value}", "/")}, "address"),
        ({"head": _head("www.contoh.example/{value}", "{value}.example/")}, "address"),
        ({"found": ""}, "found"),
        ({"not_found": ""}, "not_found"),
        ({"head": GOOD["head"] + 'never = ["found"]\n'}, "found"),
        ({"head": GOOD["head"] + "surprise = 1\n"}, "surprise"),
        ({"head": GOOD["head"] + "opt_in = true\n"}, "terms"),
        ({"head": GOOD["head"] + 'opt_in = true\nterms = "x"\nnotice = {en = "x"}\n'}, "ms"),
        ({"found": GOOD["found"].replace('"found"', '"perhaps"')}, "perhaps"),
        ({"found": GOOD["found"].replace('"found"', '"unknown"')}, "reason"),
        ({"found": GOOD["found"].replace('text = ["here"]', "status = [200]")}, "status alone"),
        ({"not_found": GOOD["not_found"] + "status = [404]\n"}, "honest_404"),
        ({"found": GOOD["found"] + 'remark = "nonsense"\n'}, "nonsense"),
        ({"found": GOOD["found"] + 'has = { "body" = "x" }\n'}, "place"),
        ({"found": GOOD["found"] + 'has = { "script x" = "x" }\n'}, "place"),
        ({"found": GOOD["found"] + 'has = { title = ".*" }\n'}, "repeats"),
        ({"found": GOOD["found"] + 'has = { title = "a+" }\n'}, "repeats"),
        ({"found": GOOD["found"] + 'has = { title = "a{2,}" }\n'}, "repeats"),
        ({"found": GOOD["found"] + 'has = { title = "a{1,9000}" }\n'}, "repeats"),
        ({"found": GOOD["found"] + 'has = { title = "(?:a{1,9}){1,9}" }\n'}, "repeats"),
        ({"found": GOOD["found"] + "has = { title = '(a)\\1' }\n"}, "refers back"),
        ({"found": GOOD["found"] + 'has = { title = "(?=a)b" }\n'}, "looks around"),
        ({"found": GOOD["found"] + 'has = { title = "(" }\n'}, "pattern"),
        ({"rest": '[adapters.contoh.captures]\nmood = { from = "title" }\n'}, "mood"),
        ({"rest": '[adapters.contoh.captures]\nbadge = { from = "title" }\n'}, "badge"),
        (
            {"rest": '[adapters.contoh.captures]\nbio = { from = "title", like = "a" }\n'},
            "one group",
        ),
    ],
)
def test_what_could_conclude_too_much_is_refused(
    tmp_path: Path, changed: dict[str, str], fault: str
) -> None:
    with pytest.raises(DefinitionRefused, match=re.escape(fault)) as refused:
        load(_written(tmp_path, **changed))
    assert "contoh" in str(refused.value)


def test_what_is_no_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "adapters.toml"
    path.write_text("adapters = [", encoding="utf-8")
    with pytest.raises(DefinitionRefused):
        load(path)


@pytest.mark.parametrize("name", shipped().adapters)
def test_what_ships_says_yes_and_no_or_that_it_never_does(name: str) -> None:
    definition = shipped().adapters[name]
    said = {mark.means for mark in definition.marks} | definition.never
    assert {Outcome.FOUND, Outcome.NOT_FOUND} <= said


@pytest.mark.parametrize(
    "platform", ["facebook", "instagram", "x", "tiktok", "threads", "linkedin"]
)
def test_pages_whose_terms_forbid_it_are_off_and_say_so_in_both_languages(platform: str) -> None:
    pages = [
        one for one in shipped().adapters.values() if platform in one.platforms and not one.official
    ]
    assert pages
    for page in pages:
        assert page.opt_in
        assert page.notice is not None
        assert page.notice.en != page.notice.ms
        assert page.terms


@given(st.dates(), st.sampled_from(sorted(shipped().adapters)))
def test_the_name_nobody_has_is_possible_every_day(day: date, name: str) -> None:
    given_canaries = shipped().adapters[name].canaries
    made = made_up(given_canaries.known_bad, name, day)
    assert made == made_up(given_canaries.known_bad, name, day)
    assert made.startswith("zz")
    assert is_possible(given_canaries.platform, given_canaries.kind, made)


def test_the_name_nobody_has_is_another_tomorrow() -> None:
    names = {made_up("zz????????????", "contoh", date(2026, 11, day)) for day in range(1, 31)}
    assert len(names) == 30
