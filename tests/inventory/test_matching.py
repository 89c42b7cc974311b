"""Which organisation a list means: sure is taken, likely is proposed, the rest is asked."""

import pytest

from inventory.importing.matching import MatchOutcome
from inventory.store import Store
from tests.inventory.lists import counted, imported, outcomes, planned, rows_of

STANDING = """
Kod,Organisasi,Nama ringkas,Laman web,Facebook,X,YouTube
KCB,Kementerian Contoh Baharu,CONTOH,https://www.contoh.gov.my/ms,contoh.rasmi,contohrasmi,@contohrasmi
JUM,Jabatan Umpama,,https://umpama.gov.my,umpama.rasmi,umpamarasmi,
,Negeri Misal,,https://misal.gov.my,misal.rasmi,misalrasmi,
"""


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "inventory.db") as opened:
        imported(opened, STANDING, source="asal", mapped={"short_name": "Nama ringkas"})
        yield opened


def matched(store, text, **how):
    (line,) = planned(store, text, source="lain", **how).organisations
    return line


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("Kod,Organisasi\nkcb,Ministry of New Parables", "code"),
        ("Organisasi\nKEMENTERIAN CONTOH BAHARU MALAYSIA", "name"),
        ("Organisasi\nKementerian Contoh Baharu (KCB)", "name"),
        ("Organisasi,Laman web\nMinistry of New Parables,http://contoh.gov.my", "official domain"),
        ("Organisasi,E-mel\nMinistry of New Parables,info@contoh.gov.my", "official domain"),
        (
            "Organisasi,Facebook,X\nMinistry of New Parables,contoh.rasmi,contohrasmi",
            "shared accounts",
        ),
    ],
)
def test_sure_matches_are_taken(store, text, how):
    line = matched(store, text)
    assert (line.outcome, line.how) == (MatchOutcome.MATCHED, how)
    assert line.organisation is not None


@pytest.mark.parametrize(
    "text",
    [
        "Organisasi\nKementerian Contoh Bahharu",  # a slip of the pen
        "Organisasi,Facebook\nMinistry of New Parables,contoh.rasmi",  # one account shared
        "Organisasi,Laman web\nKementerian Contoh Lama,https://contoh.gov.my",  # renamed, perhaps
    ],
)
def test_likely_matches_are_proposed_and_say_so(store, text):
    plan = planned(store, text, source="lain")
    (line,) = plan.organisations
    assert line.outcome is MatchOutcome.PROPOSED
    assert [candidate.name for candidate in line.candidates] == ["Kementerian Contoh Baharu"]
    assert any("Kementerian Contoh Baharu" in warning for warning in line.warnings)
    assert plan.questions[0].key == line.key
    assert plan.organisations_new == 0


def test_a_proposal_can_be_declined(store):
    text = "Organisasi\nKementerian Contoh Bahharu"
    (question,) = planned(store, text, source="lain").questions
    declined = planned(store, text, source="lain", answers={question.key: "new"})
    assert declined.organisations_new == 1
    assert declined.questions == ()


def test_an_ambiguous_name_is_asked_and_is_new_without_an_answer(store):
    imported(store, "Kod,Organisasi\nA1,Jabatan Serupa", source="a", answers={})
    first = matched(store, "Organisasi\nJabatan Serupa")
    declined = {first.key: "new"}
    imported(store, "Organisasi,X\nJabatan Serupa,serupa_dua", source="b", answers=declined)
    plan = planned(store, "Organisasi,X\nJabatan Serupa,serupa_tiga", source="c")
    (line,) = plan.organisations
    assert line.outcome is MatchOutcome.AMBIGUOUS
    assert len(line.candidates) == 2
    assert line.warnings
    assert plan.organisations_new == 1
    chosen = line.candidates[0]
    answered = planned(
        store,
        "Organisasi,X\nJabatan Serupa,serupa_tiga",
        source="c",
        answers={line.key: chosen.uid},
    )
    assert answered.organisations_new == 0
    assert answered.organisations[0].organisation == chosen.uid


def test_importing_an_ambiguous_list_again_changes_nothing(store):
    imported(store, "Organisasi\nJabatan Serupa", source="a")
    key = matched(store, "Organisasi\nJabatan Serupa").key
    imported(store, "Organisasi,X\nJabatan Serupa,serupa_dua", source="b", answers={key: "new"})
    imported(store, "Organisasi,X\nJabatan Serupa,serupa_tiga", source="c")
    again = planned(store, "Organisasi,X\nJabatan Serupa,serupa_tiga", source="c")
    assert outcomes(again) == ["same"]
    assert again.changes_nothing
    only = planned(store, "Organisasi\nJabatan Serupa", source="d")
    assert only.organisations_new == 0  # a third of that name would only add to the doubt


@pytest.mark.parametrize(
    "text",
    [
        # a state is no ministry, whatever they share
        "Organisasi,Facebook,X\nKementerian Umpama Negara,misal.rasmi,misalrasmi",
        # another department, in the same language, with the account of this one
        "Organisasi,Facebook\nJabatan Lain Sekali,contoh.rasmi",
        # a division on the portal of its ministry
        "Organisasi,Laman web\nInstitut Penyelidikan,https://contoh.gov.my/institut",
        "Organisasi,Laman web\nKlinik Tepi Sungai,https://contoh.gov.my",
        # the same code in another list of codes
        "Kod,Organisasi\nKCB,Majlis Daerah Sungai",
        # a short name alone
        "Organisasi,Singkatan\nJabatan Hutan,CONTOH",
    ],
)
def test_doubtful_signs_merge_nothing(store, text):
    plan = planned(store, text, source="lain")
    (line,) = plan.organisations
    assert line.outcome in (MatchOutcome.NEW, MatchOutcome.AMBIGUOUS)
    assert line.organisation is None
    assert set(counted(plan)) <= {"conflict"}


def test_a_running_number_is_no_code(store):
    imported(store, "Kod,Organisasi\n1,Jabatan Satu\n2,Jabatan Dua", source="a")
    plan = planned(store, "Kod,Organisasi\n1,Majlis Daerah Tiga\n2,Jabatan Satu", source="b")
    names = {line.name: line.outcome for line in plan.organisations}
    assert names["Majlis Daerah Tiga"] is not MatchOutcome.MATCHED
    assert names["Jabatan Satu"] is not MatchOutcome.PROPOSED


def test_a_domain_that_several_organisations_share_tells_none_of_them(store):
    plan = planned(
        store,
        """
Organisasi,Laman web
Ministry of New Parables,https://contoh.gov.my
Ministry of Old Parables,https://contoh.gov.my/lama""",
        source="lain",
    )
    assert {line.outcome for line in plan.organisations} == {MatchOutcome.NEW}


def test_former_names_are_known(store):
    from inventory.record import OrganisationName
    from inventory.vocabulary import NameKind
    from tests.inventory.lists import ACTOR

    ((row_id,),) = rows_of(store, "SELECT id FROM organisations WHERE code = 'KCB'")
    with store.change(ACTOR, "Nama lama") as change:
        change.add(
            OrganisationName(
                organisation_id=row_id, name="Kementerian Ibarat", kind=NameKind.FORMER
            )
        )
    line = matched(store, "Organisasi\nKEMENTERIAN IBARAT")
    assert (line.outcome, line.how) == (MatchOutcome.MATCHED, "name")


def test_a_name_learnt_once_is_known_the_next_time(store):
    text = "Organisasi,Facebook,X\nMinistry of New Parables,contoh.rasmi,contohrasmi"
    imported(store, text, source="lain")
    assert rows_of(store, "SELECT name_en FROM organisations WHERE code = 'KCB'") == [
        ("Ministry of New Parables",)
    ]
    assert matched(store, "Organisasi\nMinistry of New Parables").how == "name"


def test_another_name_in_the_same_language_is_kept_beside(store):
    text = "Kod,Organisasi\nKCB,Kementerian Contoh"
    imported(store, text, source="lain")
    assert rows_of(store, "SELECT name, kind FROM organisation_names") == [
        ("Kementerian Contoh", "alias")
    ]
    assert planned(store, text, source="lain").changes_nothing


def test_organisations_are_filled_in_but_never_overwritten(store):
    text = """
Kod,Organisasi,Nama Inggeris,Laman web,E-mel
KCB,Kementerian Contoh Baharu,Ministry of New Examples,https://lain.gov.my,info@contoh.gov.my"""
    (line,) = planned(store, text, source="lain").organisations
    assert {(change.field, change.after) for change in line.changes} == {
        ("name_en", "Ministry of New Examples"),
        ("email_domain", "contoh.gov.my"),
    }
    assert any("lain.gov.my" in warning for warning in line.warnings)
    imported(store, text, source="lain")
    assert rows_of(store, "SELECT website FROM organisations WHERE code = 'KCB'") == [
        ("https://www.contoh.gov.my/ms",)
    ]


def test_parents_are_found_by_name_in_the_file_and_in_the_inventory(store):
    imported(
        store,
        """
Organisasi,Di bawah
Agensi Anak,Kementerian Contoh Baharu
Agensi Cucu,Agensi Anak
Agensi Gelung,Agensi Gelung""",
        source="lain",
    )
    assert rows_of(
        store,
        "SELECT o.name_ms, p.name_ms FROM organisations o JOIN organisations p"
        " ON p.id = o.parent_id ORDER BY 1",
    ) == [("Agensi Anak", "Kementerian Contoh Baharu"), ("Agensi Cucu", "Agensi Anak")]


def test_a_ring_of_parents_is_not_closed(store):
    imported(store, "Organisasi,Di bawah\nAgensi A,Agensi B\nAgensi B,Agensi A", source="lain")
    rows = rows_of(store, "SELECT count(*) FROM organisations WHERE parent_id IS NOT NULL")
    assert rows == [(1,)]
