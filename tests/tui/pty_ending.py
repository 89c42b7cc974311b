"""Waiting for a program in a terminal to end."""

from tests.tui.pty_screen import Terminal


def ended(terminal: Terminal, limit: float = 20.0) -> int:
    """Read what the program still writes, as a terminal does, and return its exit code.

    A program whose output nobody reads waits for ever once the terminal's buffer is full.
    """
    terminal.read_until(lambda _output: False, limit=limit)
    return terminal.process.wait(limit)
