"""One line of text being typed, with its cursor."""

from dataclasses import dataclass, replace

from rich.cells import split_graphemes

LONGEST = 1000
"""Characters a line may hold: more was pasted by mistake."""


@dataclass(frozen=True, slots=True)
class Line:
    """A text and the place of the cursor in it, counted in characters of the string."""

    text: str = ""
    cursor: int = 0

    @classmethod
    def at_end(cls, text: str) -> "Line":
        """Return `text` with the cursor behind it."""
        return cls(text, len(text))

    def insert(self, typed: str) -> "Line":
        """Put `typed` in at the cursor; line breaks and tabs become spaces, the rest stays."""
        clean = " ".join(typed.split()) if any(c in typed for c in "\r\n\t\v\f") else typed
        clean = clean[: max(0, LONGEST - len(self.text))]
        text = self.text[: self.cursor] + clean + self.text[self.cursor :]
        return Line(text, self.cursor + len(clean))

    def backspace(self) -> "Line":
        """Remove the character before the cursor, with its combining marks."""
        start = self._before()
        return Line(self.text[:start] + self.text[self.cursor :], start)

    def delete(self) -> "Line":
        """Remove the character after the cursor."""
        return replace(self, text=self.text[: self.cursor] + self.text[self._after() :])

    def delete_word(self) -> "Line":
        """Remove the word before the cursor and the spaces behind that word."""
        kept = self.text[: self.cursor].rstrip()
        kept = kept[: kept.rfind(" ") + 1]
        return Line(kept + self.text[self.cursor :], len(kept))

    def delete_to_start(self) -> "Line":
        """Remove everything before the cursor."""
        return Line(self.text[self.cursor :], 0)

    def left(self) -> "Line":
        """Move over one character to the left."""
        return replace(self, cursor=self._before())

    def right(self) -> "Line":
        """Move over one character to the right."""
        return replace(self, cursor=self._after())

    def home(self) -> "Line":
        """Move before the first character."""
        return replace(self, cursor=0)

    def end(self) -> "Line":
        """Move behind the last character."""
        return replace(self, cursor=len(self.text))

    def _before(self) -> int:
        spans = split_graphemes(self.text[: self.cursor])[0]
        return spans[-1][0] if spans else 0

    def _after(self) -> int:
        spans = split_graphemes(self.text[self.cursor :])[0]
        return self.cursor + (spans[0][1] if spans else 0)


EDITING = {
    "backspace": Line.backspace,
    "ctrl+h": Line.backspace,
    "delete": Line.delete,
    "ctrl+w": Line.delete_word,
    "ctrl+u": Line.delete_to_start,
    "left": Line.left,
    "right": Line.right,
    "home": Line.home,
    "ctrl+a": Line.home,
    "end": Line.end,
    "ctrl+e": Line.end,
}
"""What each key does to the line."""
