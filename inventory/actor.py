"""Who makes a change: the account the system knows, and the name the person declares."""

import os
import pwd
import socket
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `name` is declared; `os_user` and `uid` are the system's own words."""

    name: str
    os_user: str = ""
    uid: int = -1
    host: str = ""

    def as_logged(self) -> dict[str, str | int]:
        """Return what the log keeps of the actor."""
        return {"name": self.name, "os_user": self.os_user, "uid": self.uid, "host": self.host}


def this_actor(declared: str | None = None) -> Actor:
    """Return the person at this process; $USER can be set to anything, so it is not asked."""
    uid = os.getuid()
    try:
        os_user = pwd.getpwuid(uid).pw_name
    except KeyError:
        os_user = str(uid)
    return Actor(declared or os_user, os_user, uid, socket.gethostname())
