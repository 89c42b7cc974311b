"""Handles that could be taken for one another, and those that could not."""

import sys
from collections.abc import Callable
from itertools import combinations, product
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.lookalikes import Handle, lookalikes
from audits.near_names import CROWD, FILED_FIRST, LONGEST, candidates, slips_between
from audits.skeletons import skeleton

ALIKE = [
    ("KementerianContohMalaysia", "KementerianContohMaIaysia"),
    ("contohmalaysia", "contohma1aysia"),
    ("mkn_contoh", "rnkn_contoh"),
    ("contohmsia", "contohmsi\u0430"),  # Cyrillic
    ("kkcputrajaya", "kkc_putrajaya"),
    ("contohofficial", "contohofficiall"),
    ("kkcputrajaya", "kkcputra.jaya.official"),
    ("misalwarta", "mlsalwarta"),
    ("jabatancontoh", "jabatancotnoh"),
    ("jabatanmisalan", "jabatanmisl4n"),
    ("contoh", "contoh1"),
    ("the.contoh.my", "contoh"),
    ("vvisma", "wisma"),
    ("contohm5ia", "contohmsia"),
    ("agensi-rn1sal", "agensimisal"),
    ("contoh.hq", "contoh"),
    ("rasmi_contoh_rasmi", "rasmi.contoh"),
    ("contohkl", "contohk1"),
    ("unit17contoh", "unit17c0ntoh"),
    ("jabatan17contoh", "jabatancontoh"),
    ("kementeriancontoh.malaysia", "kernenteriancontoh"),
]
UNLIKE = [
    ("jpn1", "jpn2"),
    ("daerah2024", "daerah2025"),
    ("agensicontoh", "agensimisal"),
    ("abc", "abd"),  # too short for a slip
    ("pahang", "penang"),
    ("tentera_army", "tenteraar"),
    ("bangsarcontoh", "tangsircontoh"),  # two slips, but not behind the same beginning
    ("unit1contoh", "unit5contoh"),
    ("unit-10-contoh", "unit-11-contoh"),
    ("agensi-contoh-17", "agensi-contoh-171"),
    ("kawasan3daerah9", "kawasan3daerah8"),
    ("agensicontoh1", "agensicontoh11"),
]


def found(*handles: str) -> dict[int, list[int]]:
    return lookalikes(Handle(i, handle, i) for i, handle in enumerate(handles))


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_look_alikes_are_found_both_ways(one: str, other: str) -> None:
    assert found(one, other) == {0: [1], 1: [0]}


@pytest.mark.parametrize(("one", "other"), UNLIKE)
def test_what_can_be_told_apart_is_left_alone(one: str, other: str) -> None:
    assert found(one, other) == {}


def test_one_family_of_organisations_may_resemble_itself() -> None:
    handles = [Handle(1, "contoh", 7), Handle(2, "contoh_official", 7), Handle(3, "c0ntoh", 8)]
    assert lookalikes(handles) == {1: [3], 2: [3], 3: [1, 2]}


@pytest.mark.parametrize("pair", [(1, 2), (2, 1)])
def test_accounts_known_to_belong_together_are_no_finding(pair: tuple[int, int]) -> None:
    handles = [Handle(1, "contoh", 1), Handle(2, "contoh.my", 2)]
    assert lookalikes(handles, [pair]) == {}


def test_a_crowd_names_no_more_than_three() -> None:
    crowd = lookalikes(Handle(i, "contoh", i) for i in range(500))
    assert {len(others) for others in crowd.values()} == {3}


def test_a_numbered_series_holds_no_look_alikes_of_itself() -> None:
    assert found("agensi", *(f"agensi{i}" for i in range(300))) == {}
    assert found("unit-agensi", *(f"unit-{i}-agensi" for i in range(300))) == {}
    assert found("jabatann", *(f"jabatan{i}" for i in range(300))) == {}


def test_a_series_still_shows_who_imitates_one_of_it() -> None:
    series = [f"agensicontoh{i}" for i in range(40)]
    assert found(*series, "agens1c0ntoh17") == {17: [40], 40: [17]}


def test_a_crowd_of_imitators_shows_the_imitated() -> None:
    imitators = [f"kementerian{letter}contoh" for letter in "abdefghjkopqstuvwxyz"]
    near = found("kementeriancontoh", *imitators)
    assert set(near) == set(range(len(imitators) + 1))


CROWDS: dict[str, Callable[[int], list[str]]] = {
    "one handle": lambda count: ["contoh"] * count,
    "a series": lambda count: [f"kementerian-contoh-{i}" for i in range(count)],
    "numbers in between": lambda count: [f"unit{i}agensi" for i in range(count)],
    "letters for numbers": lambda count: [f"agensi{lettered(i)}" for i in range(count)],
    "one beginning": lambda count: [f"kementerian{lettered(i * 7919)}" for i in range(count)],
    "same letters": lambda count: ["abcdefghij"[i % 10 :] + "abcdefghij" for i in range(count)],
}


def lettered(number: int) -> str:
    return "".join("abcdefghjk"[int(figure)] for figure in f"{number:05}")


@pytest.mark.parametrize("crowd", CROWDS)
def test_candidates_grow_with_the_names_whatever_they_are(crowd: str) -> None:
    names = {skeleton(handle).whole for handle in CROWDS[crowd](3000)}
    longest = max(map(len, names))
    assert longest <= LONGEST
    pairs = sum(1 for _pair in candidates(names))
    assert pairs <= len(names) * (longest * FILED_FIRST + CROWD)


@pytest.mark.parametrize("families", [1, 3, 10_000])
@pytest.mark.parametrize("crowd", CROWDS)
def test_work_grows_with_the_accounts_not_with_their_square(crowd: str, families: int) -> None:
    def work(count: int) -> int:
        handles = [Handle(i, h, i % families) for i, h in enumerate(CROWDS[crowd](count))]
        return lines_run(lambda: lookalikes(handles))

    few, many = work(400), work(1600)
    assert many < 8 * few


def lines_run(work: Callable[[], object]) -> int:
    """Count the lines that are executed: work itself, on however busy a machine."""
    lines = 0

    def trace(_frame: FrameType, event: str, _detail: Any) -> Any:
        nonlocal lines
        lines += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return lines


@pytest.mark.parametrize("handle", ["", ".", "___", "1234", "\u200b", "my", "😀"])
def test_a_handle_of_nothing_resembles_nothing(handle: str) -> None:
    assert found(handle, handle) == {}


WORDS = st.text("abcd", min_size=9, max_size=12)


def names_of(handle: str) -> set[str]:
    return {skeleton(handle).letters, skeleton(handle).whole}


def alike(first: str, second: str) -> bool:
    slips = plain_slips(first, second)
    shortest = min(len(first), len(second))
    return (
        slips == 0
        or (slips == 1 and shortest >= 6)
        or (slips == 2 and shortest >= 10 and first[:3] == second[:3])
    )


@given(st.lists(WORDS, min_size=2, max_size=12, unique=True))
def test_no_pair_is_missed_that_comparing_all_would_find(handles: list[str]) -> None:
    near = found(*handles)
    for one, other in combinations(range(len(handles)), 2):
        if any(
            alike(*names) for names in product(names_of(handles[one]), names_of(handles[other]))
        ):
            assert one in near
            assert other in near
        elif one in near and len(near[one]) < 3:
            assert other not in near[one]


@given(st.text("abc", max_size=8), st.text("abc", max_size=8))
def test_slips_are_counted_the_same_both_ways_and_never_beyond_the_limit(
    one: str, other: str
) -> None:
    assert slips_between(one, other, 2) == slips_between(other, one, 2)
    assert slips_between(one, one, 2) == 0
    for limit in (1, 2):
        assert slips_between(one, other, limit) == min(plain_slips(one, other), limit + 1)


def plain_slips(one: str, other: str) -> int:
    """The whole table, filled in by the book."""
    table = {(-1, -1): 0}
    for i in range(len(one)):
        table[i, -1] = i + 1
    for j in range(len(other)):
        table[-1, j] = j + 1
    for i in range(len(one)):
        for j in range(len(other)):
            best = min(
                table[i - 1, j] + 1,
                table[i, j - 1] + 1,
                table[i - 1, j - 1] + (one[i] != other[j]),
            )
            if i and j and one[i] == other[j - 1] and one[i - 1] == other[j]:
                best = min(best, table[i - 2, j - 2] + 1)
            table[i, j] = best
    return table[len(one) - 1, len(other) - 1]
