"""Names and ids as the platform's own grammar sees them, found again from the value of a key."""

from inventory.identity_grammar import Value
from inventory.platforms import default_table


def grammar_of(platform: str, kind: str, value: str) -> tuple[Value, str] | None:
    """Return the grammar that allows a key's value, and the name inside it; None when none does.

    The value of a YouTube key may be `user/name`, that of a blog `name.blogspot.com`.
    """
    known = default_table().platforms.get(platform)
    for one in known.values.values() if known else ():
        before, _braces, after = one.key.partition("{}")
        if one.kind != kind or not (value.startswith(before) and value.endswith(after)):
            continue
        inner = one.fold(value[len(before) : len(value) - len(after)])
        if inner and one.accepts(inner):
            return one, inner
    return None


def is_possible(platform: str, kind: str, value: str) -> bool:
    """Say whether an account of the platform can be called that; any value where it has no say."""
    known = default_table().platforms.get(platform)
    if known is None or all(one.kind != kind for one in known.values.values()):
        return bool(value)
    return grammar_of(platform, kind, value) is not None


def address_of(platform: str, kind: str, value: str) -> str:
    """Return the canonical address of an account. Raises ValueError for an impossible name."""
    found = grammar_of(platform, kind, value)
    if found is None:
        raise ValueError(f"{value!r} is no {kind} of {platform}")
    return found[0].address(found[1])


def same_account(platform: str, kind: str, one: str, other: str) -> bool:
    """Say whether two values are one account to the platform: its capitals, its dots."""
    if one == other:
        return True
    first, second = grammar_of(platform, kind, one), grammar_of(platform, kind, other)
    return first is not None and first == second
