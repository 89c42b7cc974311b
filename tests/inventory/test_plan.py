"""What an import would do: one outcome for every link, and a count that adds up."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inventory.importing.plan import source_name
from inventory.importing.plan_json import plan_as_json
from inventory.importing.rows import Row, Table
from inventory.store import Store
from tests.inventory.lists import counted, imported, line_of, outcomes, planned


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "inventory.db") as opened:
        yield opened


EVERY_OUTCOME = """
Organisasi,Platform,Pautan,Tanda pengesahan
Jabatan Contoh,Facebook,https://facebook.com/contoh.baru,Ya
Jabatan Contoh,Facebook,https://www.facebook.com/contoh.baru/?ref=ts,Ya
Jabatan Contoh,X,https://x.com/contoh_ubah,Ya
Jabatan Contoh,X,https://x.com/contoh_sama,Tiada
Jabatan Lain,X,https://x.com/contoh_milik,
Jabatan Contoh,YouTube,https://www.youtube.com/results?search_query=contoh,
Jabatan Contoh,TikTok,nama yang tidak mungkin,
Jabatan Contoh,,,"""


def test_every_link_has_one_outcome_and_every_row_is_accounted_for(store):
    imported(
        store,
        """
Organisasi,Platform,Pautan,Tanda pengesahan
Jabatan Contoh,X,https://x.com/contoh_ubah,Tiada
Jabatan Contoh,X,https://x.com/contoh_sama,Tiada
Jabatan Contoh,X,https://x.com/contoh_milik,""",
    )
    plan = planned(store, EVERY_OUTCOME)
    assert outcomes(plan) == [
        "new",
        "duplicate",
        "changed",
        "same",
        "conflict",
        "not_account",
        "refused",
    ]
    assert plan.links == 7 == sum(plan.counts.values())
    assert plan.rows == 8
    assert plan.rows_without_links == 1
    changed = line_of(plan, 4)
    assert [(item.field, item.before, item.after) for item in changed.changes] == [
        ("badge", "none", "unspecified")
    ]
    for row in (6, 7, 8):
        line = line_of(plan, row)
        assert line.reason
        assert (line.column, line.row) == ("Pautan", row)
    assert line_of(plan, 8).remedy


def test_a_plan_writes_nothing(store):
    before = "\n".join(store.connection.iterdump())
    planned(store, EVERY_OUTCOME)
    assert "\n".join(store.connection.iterdump()) == before


def test_wide_rows_several_addresses_and_names_for_nothing(store):
    plan = planned(
        store,
        """
Organisasi,Facebook,Instagram,YouTube
Jabatan Contoh,https://facebook.com/a.contoh ; https://facebook.com/b.contoh,@contoh.rasmi,-
Jabatan Umpama,tiada,n/a,""",
    )
    assert [(line.column, line.key) for line in plan.lines] == [
        ("Facebook", "facebook:handle:acontoh"),
        ("Facebook", "facebook:handle:bcontoh"),
        ("Instagram", "instagram:handle:contoh.rasmi"),
    ]
    assert plan.rows_without_links == 1
    assert plan.organisations_new == 2


def test_where_column_and_address_disagree_the_address_wins_and_the_line_says_so(store):
    plan = planned(
        store,
        "Organisasi,TikTok,YouTube\nA B,https://youtube.com/@contoh,https://tiktok.com/@contoh",
    )
    assert outcomes(plan) == ["new", "new"]
    assert [line.key.split(":")[0] for line in plan.lines] == ["youtube", "tiktok"]
    assert all(line.warnings for line in plan.lines)


def test_a_platform_we_do_not_know(store):
    plan = planned(
        store,
        "Organisasi,Platform,Akaun\nA B,Fesbok,https://facebook.com/contoh.a\nA B,Fesbok,contoh",
    )
    assert outcomes(plan) == ["new", "refused"]
    assert "Fesbok" in plan.lines[1].reason
    assert plan.lines[1].remedy


def test_a_bare_name_without_any_platform_is_refused(store):
    plan = planned(store, "Organisasi,Akaun\nA B,contohrasmi")
    assert outcomes(plan) == ["refused"]


def test_an_account_without_an_organisation(store):
    text = "Platform,Akaun\nX,contohrasmi"
    assert outcomes(planned(store, text)) == ["refused"]
    named = planned(store, text, organisation="Jabatan Contoh")
    assert outcomes(named) == ["new"]
    assert named.organisations_new == 1
    imported(store, text, organisation="Jabatan Contoh")
    assert outcomes(planned(store, text)) == ["same"]  # it is known whose account it is


def test_two_rows_that_disagree_leave_the_field_and_say_so(store):
    text = """
Organisasi,Pautan,Status rasmi,Bahasa
A B,https://x.com/contoh,Rasmi,Melayu
A B,https://twitter.com/Contoh,Tidak rasmi,Melayu"""
    plan = planned(store, text)
    assert outcomes(plan) == ["new", "conflict"]
    assert "Official status" in plan.lines[1].reason
    assert plan.lines[0].warnings
    (account,) = plan.steps.new_accounts
    assert "official_status" not in account.values
    assert account.values["language"] == "Melayu"


def test_an_account_under_two_organisations_is_recorded_under_neither(store):
    plan = planned(
        store,
        """
Organisasi,Pautan
Jabatan Contoh,https://x.com/contoh
Jabatan Umpama,https://x.com/contoh
Jabatan Umpama,https://x.com/umpama""",
    )
    assert outcomes(plan) == ["conflict", "conflict", "new"]
    assert all("Jabatan Contoh, Jabatan Umpama" in line.reason for line in plan.lines[:2])
    assert plan.organisations_new == 1
    assert [line.is_recorded for line in plan.organisations] == [False, True]


def test_an_account_of_another_organisation_is_not_moved(store):
    imported(store, "Organisasi,Pautan\nJabatan Contoh,https://x.com/contoh")
    plan = planned(store, "Organisasi,Pautan\nMajlis Daerah Lain,https://x.com/contoh")
    (line,) = plan.lines
    assert line.outcome.value == "conflict"
    assert "Jabatan Contoh" in line.reason
    assert line.account is not None
    assert plan.steps.account_edits == []


SAMPLES = """
Agency,Platform,Url,Date Sampled,Bahasa
Contoh,X,https://x.com/contoh,10/24/2012 12:00:00 AM,Melayu
Contoh,X,https://x.com/contoh,12/12/2012 12:00:00 AM,English
Contoh,X,https://x.com/contoh,08/08/2011 12:00:00 AM,Cina"""


def test_a_series_of_samples_is_one_account_seen_last_on_its_newest_day(store):
    plan = planned(store, SAMPLES)
    assert outcomes(plan) == ["new", "duplicate", "duplicate"]
    (account,) = plan.steps.new_accounts
    assert account.values["first_seen_on"] == date(2011, 8, 8)
    assert account.values["language"] == "English"
    assert list(plan.steps.seen.values()) == [date(2012, 12, 12)]


def test_a_word_in_a_date_column_is_told_and_changes_no_date(store):
    text = "Organisasi,Twitter,Twitter Activo\nA B,contoh,{}"
    imported(store, text.format("2026-02-13"))
    plan = planned(store, text.format("404"))
    assert outcomes(plan) == ["same"]
    assert any(
        "404" in warning and "Twitter Activo" in warning for warning in plan.lines[0].warnings
    )


def test_an_older_last_post_does_not_replace_a_newer_one(store):
    text = "Organisasi,Pautan,Hantaran terakhir\nA B,https://x.com/contoh,{}"
    imported(store, text.format("13/02/2026"))
    assert outcomes(planned(store, text.format("12/02/2026"))) == ["same"]
    assert outcomes(planned(store, text.format("14/02/2026"))) == ["changed"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-03-04", date(2026, 3, 4)),
        ("4/3/2026", date(2026, 3, 4)),
        ("4 Mac 2026", date(2026, 3, 4)),
        ("4 de marzo de 2026", date(2026, 3, 4)),
        ("March 4, 2026", date(2026, 3, 4)),
    ],
)
def test_dates_of_several_formats(store, day, expected):
    text = f'Organisasi,Pautan,Hantaran terakhir\nA B,https://x.com/contoh,"{day}"'
    (account,) = planned(store, text).steps.new_accounts
    assert account.values["last_post_on"] == expected


def test_words_of_closed_lists_in_both_languages_and_unknown_ones(store):
    plan = planned(
        store,
        """
Organisasi,Pautan,Status rasmi,Tanda pengesahan,Kelas akaun
A B,https://x.com/contoh1,Tidak Rasmi,blue tick,Korporat
A B,https://x.com/contoh2,official,disahkan,office-holder
A B,https://x.com/contoh3,barangkali,entah,lain macam""",
    )
    values = [account.values for account in plan.steps.new_accounts]
    assert [item.get("official_status") for item in values] == ["unofficial", "official", None]
    assert [item.get("badge") for item in values] == ["unspecified", "unspecified", None]
    assert [item.get("account_class") for item in values] == ["corporate", "office_holder", None]
    assert len(plan.lines[2].warnings) == 3


def test_blank_cells_and_unknown_never_overwrite(store):
    text = "Organisasi,Pautan,Status rasmi,Tujuan\nA B,https://x.com/contoh,{},{}"
    imported(store, text.format("Rasmi", "Makluman"))
    assert outcomes(planned(store, text.format("", ""))) == ["same"]
    assert outcomes(planned(store, text.format("tidak diketahui", "-"))) == ["same"]


def test_few_keys_are_looked_up_and_many_are_scanned_alike(store):
    rows = [f"A B,https://x.com/contoh{number}" for number in range(40)]
    imported(store, "Organisasi,Pautan\n" + "\n".join(rows))
    for some in (rows[:3], rows):
        assert set(outcomes(planned(store, "Organisasi,Pautan\n" + "\n".join(some)))) == {"same"}


def test_hostile_text_passes_through_as_it_came(store):
    text = (
        'Organisasi,Pautan,Tujuan\n=Jabatan \x1b[31mContoh,https://x.com/contoh,"=cmd|\' /C""!A0"'
    )
    (account,) = planned(store, text).steps.new_accounts
    assert account.values["purpose"] == "=cmd|' /C\"!A0"


def test_a_partial_list_is_reported_and_deletes_nothing(store):
    rows = [f"A B,https://x.com/contoh{number}" for number in range(20)]
    imported(store, "Organisasi,Pautan\n" + "\n".join(rows))
    few = planned(store, "Organisasi,Pautan\n" + "\n".join(rows[:17]))
    assert any("3 of them are not in this file" in warning for warning in few.warnings)
    assert few.changes_nothing
    most = planned(store, "Organisasi,Pautan\n" + "\n".join(rows[:18]))
    assert not most.warnings  # a tenth may be missing
    other = planned(store, "Organisasi,Pautan\n" + "\n".join(rows[:2]), source="lain")
    assert not other.warnings


def test_a_list_in_which_nothing_is_understood_says_so(store):
    plan = planned(store, "service,pattern,comment\ntwitter,^contoh$,campaign account")
    assert (plan.links, plan.rows, plan.rows_without_links) == (0, 1, 1)
    assert plan.warnings
    assert plan.changes_nothing


@pytest.mark.parametrize(
    ("file_name", "name"),
    [
        ("senarai akaun 2026-11-20.xlsx", "senarai akaun"),
        ("Senarai_Akaun_v2.csv", "Senarai Akaun v"),
        ("20261120.csv", "20261120"),
        (".csv", "csv"),
    ],
)
def test_names_of_lists_leave_dates_out(file_name, name):
    assert source_name(file_name) == name


def test_a_plan_as_json_has_the_documented_keys(store):
    said = plan_as_json(planned(store, EVERY_OUTCOME))
    documented = "rows links new changed same duplicate conflict not_account refused"
    added = "organisations_new lines mapping source organisations warned warnings questions"
    assert {*documented.split(), *added.split()} <= set(said)
    assert {line["outcome"] for line in said["lines"]}.isdisjoint({"new", "same"})
    assert {"row", "column", "value", "outcome", "reason", "warnings"} <= set(said["lines"][0])
    counts = ("new", "changed", "same", "duplicate", "conflict", "not_account", "refused")
    assert sum(said[name] for name in counts) == said["links"]


CELLS = st.sampled_from(
    [
        "",
        "-",
        "https://x.com/contoh",
        "https://twitter.com/Contoh/",
        "@contoh",
        "contoh contoh",
        "https://facebook.com/a.b ; https://facebook.com/ab",
        "https://bit.ly/3abc",
        "ali@gmail.com",
        "https://youtu.be/xxxxxxxxxxx",
        "javascript:alert(1)",
        "\u202ehttps://x.com/\u202d",
        "=1+1",
        "404",
    ]
)


@settings(max_examples=40)
@given(
    rows=st.lists(
        st.tuples(st.sampled_from(["A B", "C D", ""]), CELLS, CELLS, CELLS), min_size=1, max_size=8
    )
)
def test_the_counts_always_add_up(tmp_path_factory, rows):
    lines = tuple(Row(number, row) for number, row in enumerate(rows, 2))
    headers = ("Organisasi", "X", "Facebook", "Catatan")
    whole = Table("a.csv", "0", "csv", "", headers, lines, ())
    with Store.open(tmp_path_factory.mktemp("plan") / "inventory.db") as store:
        plan = planned(store, whole)
        assert sum(plan.counts.values()) == plan.links == len(plan.lines)
        rows_with_links = {line.row for line in plan.lines}
        assert plan.rows_without_links + len(rows_with_links) == plan.rows == len(rows)
        assert len(plan.steps.new_accounts) == counted(plan).get("new", 0)
