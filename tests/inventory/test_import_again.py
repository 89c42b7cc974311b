"""Whatever the list: every link one outcome, a second import writes nothing, order is nothing."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inventory.store import Store
from tests.inventory.lists import imported, planned, rows_of, shuffled, table

LISTS = {
    "ministries": """
Bil,Kementerian,Agensi,Platform,Nama akaun,Pautan,Tanda biru,PIC,Tarikh semakan,Catatan
1,Kementerian A,Jabatan B,Facebook,Jabatan B,https://fb.com/jabatan.b,✓,Pegawai Media,01/02/2026,
2,Kementerian A,JABATAN B,FB,jabatan.b,facebook.com/JabatanB,✗,Ali,02/02/2026,012-3456789
3,Kementerian A,,X,@kem_a,,✓,Ketua Unit,2026.02.03,
4,Kementerian C,Lembaga D,X,@kem_a,tiada,,,404,
5,,Majlis E,TikTok,dalam proses,-,,,,
6,Kementerian C,Lembaga D (LD),Facebook/Instagram,@lembagad,,Y,Webmaster,,
7,Kementerian F,Jabatan B,X,jabatan_b,https://x.com/i/web/status/123,,,,""",
    "wide": """
Agency,Parent agency,Facebook URL,Facebook verified,Instagram handle,X,Former handle,Website
A Board,Ministry of B,https://facebook.com/a.board,Yes,@a.board,FB: a.board.two,,aboard.example.org
C Council,,C,No,"c.council
c.council.two",c_council & c_council2,,
Ministry of B,,fb.com/profile.php?id=100064123456789,,,,,https://b.example.org
A BOARD,Ministry of B,m.facebook.com/a.board,No,,,,""",
    "renamed": """
Organismo,Red social,Cuenta,Cuenta anterior,Estado
Instituto A,X,instituto_a,instituto_b,Activa
Instituto A,X,instituto_c,https://x.com/instituto_d,Cerrada
Instituto E,Facebook,instituto.e,instituto.a,""",
}
QUERIES = (
    "SELECT uid, coalesce(name_ms, name_en), kind FROM organisations",
    "SELECT o.uid, p.uid FROM organisations o JOIN organisations p ON p.id = o.parent_id",
    "SELECT a.uid, o.uid, a.handle, a.url, a.badge, a.badge_seen_on, a.handler_position, a.notes"
    " FROM accounts a JOIN organisations o ON o.id = a.organisation_id",
    "SELECT a.uid, k.key, k.status FROM account_keys k JOIN accounts a ON a.id = k.account_id",
    "SELECT o.uid, n.name FROM organisation_names n"
    " JOIN organisations o ON o.id = n.organisation_id",
)


def _inventory(store: Store) -> list[list[tuple[object, ...]]]:
    return [sorted(rows_of(store, query), key=str) for query in QUERIES]


@pytest.mark.parametrize("name", LISTS)
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_order_gives_the_same_inventory_and_twice_is_once(tmp_path_factory, name, data):
    whole = table(LISTS[name])
    order = data.draw(st.permutations(range(len(whole.rows))))
    found = []
    for text in (whole, shuffled(whole, list(order))):
        with Store.open(tmp_path_factory.mktemp("inventory") / "a.db") as store:
            plan = planned(store, text)
            assert sum(plan.counts.values()) == plan.links == len(plan.lines)
            imported(store, text)
            assert planned(store, text).changes_nothing
            found.append(_inventory(store))
    assert found[0] == found[1]
