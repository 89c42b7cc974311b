"""When the program itself fails: one sentence for the person, a private report for its makers."""

import os
import traceback
from datetime import UTC, datetime
from pathlib import Path

from inventory.language import _


def report(error: BaseException) -> str:
    """Write where it failed (no values, 0600) and return the sentence to show.

    The report holds file names, line numbers and the kind of the error only: messages and local
    variables can carry what people typed.
    """
    path = _write(
        "\n".join(
            [f"{type(error).__module__}.{type(error).__qualname__}"]
            + [
                f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(error.__traceback__)
            ]
        )
    )
    sentence = _("The program failed ({kind}). What was saved is safe.").format(
        kind=type(error).__name__
    )
    if path is None:
        return sentence
    return sentence + " " + _("A report without your data is in {path}.").format(path=path)


def _write(text: str) -> Path | None:
    try:
        from platformdirs import user_state_path

        from inventory.store import make_private_folder

        folder = user_state_path("rasmi")
        make_private_folder(folder)
        path = folder / f"crash-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.txt"
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text + "\n")
    except OSError:
        return None
    return path
