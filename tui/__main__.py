"""`python -m tui` is `rasmi`."""

import sys

from tui.cli import main

sys.exit(main())
