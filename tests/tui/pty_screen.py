"""Running a program in a real pseudo-terminal and reading every byte it writes."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).parents[2]


def _own_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


class Terminal:
    """A Python program with a terminal of its own; `output` grows as it is read."""

    def __init__(
        self, arguments: list[str], *, columns: int = 120, lines: int = 40, **environment: str
    ) -> None:
        self.output = b""
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        kept = ("PATH", "HOME", "LANG", "LC_ALL")
        inherited = {name: os.environ[name] for name in kept if name in os.environ}
        self.process = subprocess.Popen(
            [sys.executable, *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            preexec_fn=_own_terminal,  # so that it is hung up when this process dies
            cwd=ROOT,
            env={
                **inherited,
                "TERM": "xterm-256color",
                "COLORTERM": "truecolor",
                "PYTHONPATH": str(ROOT),
                **environment,
            },
        )
        os.close(slave)

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._master)

    def press(self, keys: str) -> None:
        """Send `keys` as a keyboard would."""
        os.write(self._master, keys.encode())

    def read_until(self, enough: Callable[[bytes], bool], *, limit: float = 20.0) -> bool:
        """Read until `enough(output)`; False if the program ended or `limit` seconds passed."""
        end = time.monotonic() + limit
        while not enough(self.output):
            if not self._read(max(0.0, end - time.monotonic())):
                return False
        return True

    def read_rest(self, quiet: float = 0.4, *, limit: float = 10.0) -> bytes:
        """Read on until nothing came for `quiet` seconds; return all that was written.

        A cursor that blinks never falls quiet: after `limit` seconds what came is enough.
        """
        end = time.monotonic() + limit
        while time.monotonic() < end and self._read(quiet):
            pass
        return self.output

    def _read(self, wait: float) -> bool:
        if not select.select([self._master], [], [], wait)[0]:
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError:  # the program has closed its side
            return False
        self.output += data
        return bool(data)
