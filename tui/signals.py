"""The edges of the terminal: when the app cannot start in it, and when it is taken away."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TextIO

from inventory.language import _

CODES = {signal.SIGTERM: 143, signal.SIGHUP: 129}
"""The exit code after each signal, as shells count them."""


def refusal(screen: TextIO | None, keyboard: TextIO | None, environ: Mapping[str, str]) -> str:
    """Return why the app cannot run in this terminal, an empty text if it can."""
    if not (screen and screen.isatty() and keyboard and keyboard.isatty()):
        return _(
            "The application needs a terminal. `rasmi accounts`, `rasmi findings` and the other"
            " commands work without one; `rasmi --help` lists them."
        )
    if environ.get("TERM", "") in ("dumb", ""):
        return _(
            "This terminal cannot show the application (TERM is “{term}”). The commands that"
            " `rasmi --help` lists print plain lines."
        ).format(term=environ.get("TERM", ""))
    return ""


def let_go_of_a_lost_terminal() -> None:
    """Give up output that can reach nobody any more: Python would end with another exit code."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)


def leave_on_signals(leave: Callable[[int], None]) -> None:
    """Have SIGTERM and SIGHUP call `leave` with the exit code, inside the running event loop."""
    loop = asyncio.get_running_loop()
    for number, code in CODES.items():
        with suppress(NotImplementedError, RuntimeError, ValueError):  # no main thread, no signals
            loop.add_signal_handler(number, leave, code)
