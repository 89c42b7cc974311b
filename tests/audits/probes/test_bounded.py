"""Bodies are inflated step by step, and never past the limit."""

import contextlib
import gzip
import zlib
from collections.abc import AsyncIterator, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.probes.bounded import Inflater, TooLarge, Unreadable, read_bounded

PAGE = b"<html>" + bytes(range(256)) * 40
RAW_DEFLATE = zlib.compress(PAGE)[2:-4]


async def pieces_of(data: bytes, size: int = 100) -> AsyncIterator[bytes]:
    for start in range(0, len(data), size):
        yield data[start : start + size]


def inflated(encoding: str, pieces: Iterable[bytes], limit: int = 1 << 20) -> bytes:
    inflater = Inflater(encoding, limit)
    body = b"".join([inflater.feed(piece) for piece in pieces])
    inflater.finish()
    return body


@pytest.mark.parametrize(
    ("encoding", "sent"),
    [
        ("", PAGE),
        ("identity", PAGE),
        ("gzip", gzip.compress(PAGE)),
        (" GZip ", gzip.compress(PAGE)),
        ("x-gzip", gzip.compress(PAGE)),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", RAW_DEFLATE),
        ("gzip", gzip.compress(PAGE[:100]) + gzip.compress(PAGE[100:])),
        ("gzip", gzip.compress(PAGE) + b"padding after the end"),
        ("deflate", zlib.compress(PAGE) + b"padding"),
    ],
    ids=lambda case: case if isinstance(case, str) else "",
)
@pytest.mark.parametrize("size", [1, 7, 100_000])
async def test_what_was_compressed_comes_back(encoding: str, sent: bytes, size: int) -> None:
    assert await read_bounded(pieces_of(sent, size), encoding, 1 << 20) == PAGE


@given(st.lists(st.binary(max_size=200), max_size=5), st.integers(1, 64))
def test_members_of_a_gzip_body_may_be_cut_anywhere(parts: list[bytes], size: int) -> None:
    sent = b"".join(gzip.compress(part) for part in parts)
    pieces = [sent[start : start + size] for start in range(0, len(sent), size)]
    assert inflated("gzip", pieces) == b"".join(parts)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", ""])
async def test_an_empty_body_is_empty(encoding: str) -> None:
    assert await read_bounded(pieces_of(b""), encoding, 10) == b""


@pytest.mark.parametrize(
    ("encoding", "sent"),
    [
        ("gzip", gzip.compress(PAGE)[:-9]),
        ("gzip", gzip.compress(PAGE)[:5]),
        ("gzip", PAGE),
        ("gzip", gzip.compress(PAGE) + gzip.compress(PAGE)[:30]),
        ("deflate", zlib.compress(PAGE)[:-5]),
        ("deflate", b"\xff" * 50),
        ("br", PAGE),
        ("zstd", PAGE),
        ("gzip, gzip", gzip.compress(gzip.compress(PAGE))),
        ("deflate", b"x"),
    ],
    ids=lambda case: case if isinstance(case, str) else "",
)
async def test_broken_or_unknown_compression_is_unreadable(encoding: str, sent: bytes) -> None:
    with pytest.raises(Unreadable):
        await read_bounded(pieces_of(sent), encoding, 1 << 20)


@pytest.mark.parametrize("encoding", ["", "gzip", "deflate"])
async def test_exactly_the_limit_is_not_too_large(encoding: str) -> None:
    sent = {"": PAGE, "gzip": gzip.compress(PAGE), "deflate": zlib.compress(PAGE)}[encoding]
    assert await read_bounded(pieces_of(sent), encoding, len(PAGE)) == PAGE
    with pytest.raises(TooLarge):
        await read_bounded(pieces_of(sent), encoding, len(PAGE) - 1)


def test_a_bomb_is_never_inflated_past_the_limit() -> None:
    bomb = gzip.compress(b"\x00" * 50_000_000)
    inflater = Inflater("gzip", 1000)
    seen: list[int] = []

    def feed_all() -> None:
        for start in range(0, len(bomb), 10):
            seen.append(len(inflater.feed(bomb[start : start + 10])))

    with pytest.raises(TooLarge):
        feed_all()
    assert sum(seen) <= 1000


async def test_what_comes_is_counted_too_not_only_what_it_becomes() -> None:
    asked = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal asked
        while True:
            asked += 1
            yield gzip.compress(b"")  # members that inflate to nothing, for ever

    with pytest.raises(TooLarge):
        await read_bounded(endless(), "gzip", 10_000)
    assert asked < 1000


async def test_a_body_may_be_cut_instead_of_refused() -> None:
    assert await read_bounded(pieces_of(PAGE), "", 250, cut=True) == PAGE[:200]


@given(st.sampled_from(["gzip", "deflate", "identity"]), st.binary(max_size=300))
def test_any_bytes_end_in_a_body_or_a_refusal(encoding: str, sent: bytes) -> None:
    with contextlib.suppress(TooLarge, Unreadable):
        assert len(inflated(encoding, [sent[:50], sent[50:]], 500)) <= 500
