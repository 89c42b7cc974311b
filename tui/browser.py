"""Opening an account's address in the browser of whoever sits here, where there is one to see."""

import os
import sys
import webbrowser
from collections.abc import Mapping
from pathlib import PurePath

TEXT_BROWSERS = frozenset({"www-browser", "links", "elinks", "lynx", "w3m", "browsh"})
"""Browsers that would draw over the terminal the app stands in."""


def safe_address(url: str) -> str | None:
    """Return the address as identity itself writes it, None unless it is an https account."""
    from inventory.identity import identify
    from inventory.identity_outcomes import Identity

    found = identify(url)
    if not isinstance(found, Identity) or not found.url.startswith("https://"):
        return None
    return found.url if found.url.isascii() and found.url.isprintable() else None


def can_show(environ: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Say whether a window could open here: a display, or a browser somebody named."""
    if platform in ("darwin", "win32", "cygwin"):
        return True
    named = environ.get("BROWSER", "").split(os.pathsep)[0].split()
    if named:
        return PurePath(named[0]).name not in TEXT_BROWSERS
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def open_in_browser(address: str) -> bool:
    """Ask the browser to open an address; False when there is none that opens a window."""
    if not can_show(os.environ):
        return False
    try:
        browser = webbrowser.get()
        if getattr(browser, "basename", getattr(browser, "name", "")) in TEXT_BROWSERS:
            return False
        return browser.open(address, new=2)
    except (webbrowser.Error, OSError):
        return False
