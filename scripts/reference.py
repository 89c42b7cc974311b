"""Write docs/commands.md from the program; `--check` only says whether it is current."""

import os
import sys
from pathlib import Path

from inventory import language
from inventory.language import Language
from tui.reference import page

PAGE = Path(__file__).parent.parent / "docs" / "commands.md"


def main() -> int:
    os.environ["COLUMNS"] = "100"
    language.use(Language.ENGLISH)
    made = page()
    if "--check" not in sys.argv:
        PAGE.write_text(made, encoding="utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == made:
        return 0
    print("docs/commands.md is not current: run `make reference`.")
    return 1


if __name__ == "__main__":
    sys.exit(main())
