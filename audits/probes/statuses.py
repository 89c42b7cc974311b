"""What an answer says before it is read: walls, refusals and faults, each with its reason.

Shared by all adapters. An answer that passes here still has to say yes or no by itself.
"""

import re
from html import unescape
from urllib.parse import urlsplit

from audits.probes.definitions import Walls, walls
from audits.probes.exchange import Failure, Reply, Response
from audits.probes.sightings import Reason

_HEAD = 256 * 1024
_TITLE = re.compile(r"<title\b[^>]{0,200}>([^<]{0,300})", re.IGNORECASE)
_MOVED = frozenset({301, 302, 303, 307, 308})
_BY_STATUS = {
    401: Reason.LOGIN_WALL,
    403: Reason.PERMISSION,
    407: Reason.CONNECTION,
    408: Reason.TIME_OUT,
    420: Reason.RATE_LIMIT,
    425: Reason.RATE_LIMIT,
    429: Reason.RATE_LIMIT,
    999: Reason.CHALLENGE,  # LinkedIn, to every program
}


def trouble(reply: Reply, asked: str) -> Reason | None:
    """Return why a reply tells nothing, or None when it may be read.

    `asked` is the address that was asked: where a redirect to a login led away from it counts.
    """
    if isinstance(reply, Failure):
        return reply.reason
    return wall(reply, asked) or refusal(reply)


def wall(response: Response, asked: str) -> Reason | None:
    """Return the wall an answer stands for: a login, or a proof that a person is looking."""
    known = walls()
    if _challenged(response, known):
        return Reason.CHALLENGE
    if response.status == 999 and "authwall" in _head(response):
        return Reason.LOGIN_WALL
    end = response.url
    if response.status in _MOVED:
        end = response.headers.get("location", "")
    return _wall_at(end, known) if end != asked else None


def refusal(response: Response) -> Reason | None:
    """Return why a status tells nothing; None for one that the body may explain."""
    status, headers = response.status, response.headers
    if status == 403 and (_used_up(response) or "retry-after" in headers):
        return Reason.RATE_LIMIT
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    if status >= 500:
        return Reason.SERVER_ERROR
    if status in _MOVED or status < 200:
        return Reason.NO_MARKER
    return None


def silence(response: Response) -> Reason:
    """Return why an answer that said neither yes nor no did not: a wall by its words, or nothing.

    Words that people may write themselves count only here, where nothing else was found.
    """
    if not response.body.strip():
        return Reason.UNREADABLE
    head, title = _head(response), page_title(response)
    known = walls()
    if any(words in head for words in known.challenge_words):
        return Reason.CHALLENGE
    if title.startswith(known.login_titles) or any(words in head for words in known.login_words):
        return Reason.LOGIN_WALL
    return Reason.NO_MARKER


def status_of(response: Response) -> int:
    """Return the status of what the body is: a stored copy that still holds was a 200."""
    return 200 if response.not_modified and response.body else response.status


def page_title(response: Response) -> str:
    """Return the title of an HTML answer in lower case, on one line; empty when it has none."""
    found = _TITLE.search(_text_of_head(response))
    return " ".join(unescape(found[1]).lower().split()) if found else ""


def is_html(response: Response) -> bool:
    """Say whether a body looks like a page rather than data."""
    return response.body[:512].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _challenged(response: Response, known: Walls) -> bool:
    headers = response.headers
    if headers.get("cf-mitigated") or headers.get("x-amzn-waf-action"):
        return True
    if not is_html(response):
        return False
    return page_title(response).startswith(known.challenge_titles) or any(
        mark in _head(response) for mark in known.challenge_marks
    )


def _wall_at(address: str, known: Walls) -> Reason | None:
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return None
    path = parts.path.lower().rstrip("/") + "/"
    if path.startswith(known.challenge_paths):
        return Reason.CHALLENGE
    if path.startswith(known.login_paths) or host.startswith(known.login_hosts):
        return Reason.LOGIN_WALL
    return None


def _used_up(response: Response) -> bool:
    names = ("x-ratelimit-remaining", "x-rate-limit-remaining", "ratelimit-remaining")
    return any(response.headers.get(name, "").strip() == "0" for name in names)


def _text_of_head(response: Response) -> str:
    return response.body[:_HEAD].decode("utf-8", "replace")


def _head(response: Response) -> str:
    return _text_of_head(response).lower()
