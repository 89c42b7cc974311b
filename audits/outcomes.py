"""The outcomes of all rules on one subject, two bits each, packed into three words.

A word holds 31 rules, so 93 rule codes fit before a word must be added. A position belongs to one
rule code for ever. The bit above them says something about the account: in the first word that it
is retired but has no closing date (then "not applicable" has no reason, and closes no finding), in
the second that it is classed as others' or an impostor's.
"""

from collections.abc import Iterator, Sequence

from audits.rules import Status

PLACES_A_WORD = 31
WORDS = 3
UNREASONED = OF_OTHERS = 1 << 62

Outcome = tuple[int, ...]
"""The words of one subject."""

BITS_OF = {
    Status.NOT_APPLICABLE: 0,
    Status.FAIL: 1,
    Status.PASS: 2,
    Status.NOT_ASSESSED: 3,
}
STATUS_OF = tuple(BITS_OF)
"""The status for each value of the two bits."""


def is_unreasoned(outcome: Sequence[int]) -> bool:
    """Say whether the account is retired without a closing date."""
    return bool(outcome[0] & UNREASONED)


def is_of_others(outcome: Sequence[int]) -> bool:
    """Say whether the account is a third party's or an impostor's."""
    return bool(outcome[1] & OF_OTHERS)


def status_at(outcome: Sequence[int], position: int) -> Status:
    """Return the status of the rule at `position`."""
    word, place = divmod(position, PLACES_A_WORD)
    return STATUS_OF[(outcome[word] >> (2 * place)) & 3]


def positions_with(outcome: Sequence[int], status: Status, positions: Sequence[int]) -> list[int]:
    """Return those of `positions` whose rule has `status`."""
    return [position for position in positions if status_at(outcome, position) is status]


def differing(before: Sequence[int], now: Sequence[int], positions: Sequence[int]) -> Iterator[int]:
    """Yield those of `positions` whose status is not the same in both outcomes."""
    changes = [old ^ new for old, new in zip(before, now, strict=True)]
    for position in positions:
        word, place = divmod(position, PLACES_A_WORD)
        if (changes[word] >> (2 * place)) & 3:
            yield position
