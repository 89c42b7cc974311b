"""Why a file did not come in, in one sentence, and what its owner can do about it."""

from inventory.language import _


class FileRefused(Exception):
    """Raised when a file cannot be read as a table, wholly or not at all.

    `sentence` (also `str()`) says what is wrong in the language spoken; `remedy` says what to do.
    """

    def __init__(self, sentence: str, remedy: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.remedy = remedy


def not_accepted(what: str) -> FileRefused:
    """Return the refusal of a file that is `what` ("a PDF document"), naming what is accepted."""
    sentence = _(
        "This file is {what}; only Excel workbooks (.xlsx), "
        "delimited text (.csv, .tsv, .txt) and JSON (.json) are accepted."
    )
    return FileRefused(
        sentence.format(what=what), _("Save the list as .xlsx or .csv and try again.")
    )


def broken(what: str) -> FileRefused:
    """Return the refusal of a file that calls itself `what` but cannot be read as one."""
    return FileRefused(
        _("This file is damaged or is not really {what}.").format(what=what),
        _("Open it in the program it came from, save it again as .xlsx or .csv, and try again."),
    )


def too_large(sentence: str) -> FileRefused:
    """Return the refusal of a file that passes a limit, told in `sentence`."""
    return FileRefused(
        sentence, _("Keep only the rows and columns of the list, or split it into several files.")
    )
