"""Remarks about many rows, told once each: which rows, and how many more."""

from collections.abc import Callable

from inventory.language import _

NAMED = 5


class Notes:
    """Collects places (a row, or a row and column) under the sentence they share."""

    def __init__(self) -> None:
        self._places: dict[str, list[str]] = {}
        self._counts: dict[str, int] = {}

    def add(self, sentence: str, place: Callable[[], str] | str = "") -> None:
        """Remember that `sentence` holds at `place`; only the first few places are kept by name."""
        count = self._counts.get(sentence, 0)
        self._counts[sentence] = count + 1
        if count < NAMED:
            self._places.setdefault(sentence, []).append(
                place if isinstance(place, str) else place()
            )

    def sentences(self) -> list[str]:
        """Return each remark once, `{where}` in it its places and how many more, `{count}` all."""
        return [
            sentence.replace("{count}", str(count)).replace("{where}", self._where(sentence))
            for sentence, count in self._counts.items()
        ]

    def _where(self, sentence: str) -> str:
        named = ", ".join(self._places[sentence])
        more = self._counts[sentence] - len(self._places[sentence])
        return named if not more else _("{named} and {more} more").format(named=named, more=more)
