"""The selection is right whatever was selected in which way before."""

from array import array

from hypothesis import given
from hypothesis import strategies as st

from tui.table.selection import Selection

IDS = st.integers(1, 12)
MATCHES = st.lists(IDS, unique=True).map(lambda ids: array("q", ids))
STEPS = st.one_of(
    st.tuples(st.sampled_from(["add", "discard", "toggle"]), IDS),
    st.tuples(st.sampled_from(["add_all", "invert"]), MATCHES),
    st.tuples(st.just("clear"), st.none()),
    st.tuples(st.sampled_from(["add_all_again", "invert_again"]), st.none()),
)


def model_step(chosen: set[int], name: str, matches: set[int]) -> set[int]:
    """Do to a plain set what the selection is asked to do."""
    if name == "add":
        return chosen | matches
    if name == "discard":
        return chosen - matches
    if name == "toggle":
        return chosen ^ matches
    if name.startswith("add_all"):
        return chosen | matches
    return chosen ^ matches if name.startswith("invert") else set()


@given(st.lists(STEPS, max_size=12))
def test_it_is_the_set_one_expects(steps: list[tuple[str, object]]) -> None:
    selection, chosen, last = Selection(), set[int](), array("q")
    for name, value in steps:
        if isinstance(value, array):
            last = value
        if name.endswith("_again"):
            value = last
        among = {value} if isinstance(value, int) else set(value or ())  # type: ignore[call-overload]
        chosen = model_step(chosen, name, among)
        method = getattr(selection, name.removesuffix("_again"))
        method() if name == "clear" else method(value)
        assert set(selection) == chosen
        assert len(list(selection)) == len(selection) == len(chosen)
        assert {row_id for row_id in range(14) if row_id in selection} == chosen
        assert {row_id for row_id in last if selection.has(row_id, last)} == chosen & set(last)


def test_all_matches_keep_the_order_of_the_list() -> None:
    selection = Selection()
    selection.add(99)
    selection.add_all(array("q", [5, 3, 9]))
    selection.toggle(3)
    assert list(selection) == [5, 9, 99]


def test_all_of_a_hundred_thousand_is_no_set_of_a_hundred_thousand() -> None:
    selection, matches = Selection(), array("q", range(100_000))
    selection.add_all(matches)
    assert len(selection) == 100_000
    assert selection._all is matches
    assert not selection._picked
