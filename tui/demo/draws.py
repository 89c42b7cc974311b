"""Choices that look like chance and are the same every time: drawn from a hash of words."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import TypeVar

Item = TypeVar("Item")


def drawn(upto: int, *words: str) -> int:
    """Return a number from 0 to `upto` - 1 that depends on the words only."""
    digest = hashlib.sha256(" ".join(words).encode()).digest()
    return int.from_bytes(digest[:8], "big") % upto


def one_of(items: Sequence[Item], *words: str) -> Item:
    """Return one of the items."""
    return items[drawn(len(items), *words)]


def weighted(weights: Mapping[str, int], *words: str) -> str:
    """Return one of the names, each as often as its weight says."""
    place = drawn(sum(weights.values()), *words)
    for name, weight in weights.items():
        place -= weight
        if place < 0:
            return name
    raise AssertionError("the weights were counted above")


def public_id(prefix: str, *words: str) -> str:
    """Return a public id for evidence and the like, the same in every build."""
    digest = hashlib.sha256(" ".join(words).encode()).hexdigest()
    return f"{prefix}-{digest[:12]}"


def file_hash(*words: str) -> str:
    """Return what would be the SHA-256 of a file on record."""
    return hashlib.sha256(" ".join(words).encode()).hexdigest()
