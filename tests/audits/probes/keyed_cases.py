"""What the tests of the interfaces with a key share: answers in JSON, errors, changed answers."""

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from audits.probes.exchange import Adapter, Request, Response
from audits.probes.registry import with_keys
from tests.audits.probes.driving import ANSWERS, answer, now, target

USER = "17840000000099999"
CHANNEL = "UCcontohcontohcontoh0001"
ODD: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    1.5,
    "",
    " ",
    "\ud800",
    "x" * 9_000,
    [],
    [[]],
    {},
    [None],
)


def said(value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """An answer that holds this value as JSON."""
    return answer(json.dumps(value), status, headers=headers)


def kept(name: str) -> Any:
    """An answer that was written down, as a value to be changed."""
    return json.loads((ANSWERS / name).read_bytes())


def graph_error(code: int, message: str = "", status: int = 400, subcode: int = 0) -> Response:
    """An error of Meta's, in its documented shape."""
    error = {"message": message, "type": "OAuthException", "code": code, "fbtrace_id": "A"}
    return said({"error": error | ({"error_subcode": subcode} if subcode else {})}, status)


def google_error(status: int, reason: str, message: str = "no") -> Response:
    """An error of Google's, in its documented shape."""
    each = [{"message": message, "domain": "youtube", "reason": reason}]
    return said({"error": {"code": status, "message": message, "errors": each}}, status)


def keyed() -> Mapping[str, Adapter]:
    """All adapters with a key, by name."""
    return {one.name: one for one in with_keys(instagram_user=USER, now=now)}


# For each adapter: an account, and the answer in which it is found.
FOUND = {
    "x-api": (target("x", "kemcontoh"), "x_users.json"),
    "youtube-api": (target("youtube", "kemcontoh"), "youtube_api_channel.json"),
    "youtube-api-ids": (target("youtube", CHANNEL, "id"), "youtube_api_channel.json"),
    "facebook-api": (target("facebook", "kemcontoh"), "facebook_api_page.json"),
    "instagram-api": (target("instagram", "kem.contoh"), "instagram_api_account.json"),
    "threads-api": (target("threads", "kem.contoh"), "threads_api_profile.json"),
}


def is_first(request: Request) -> bool:
    """Say whether a request is about the account, not about what it posted last."""
    return "/playlistItems" not in request.url and "/posts" not in request.url


def changed(value: Any) -> Iterator[Any]:
    """Yield an answer with each of its parts in turn missing, or something odd instead."""
    for path in list(_paths(value)):
        for odd in (*ODD, ...):
            copy = deepcopy(value)
            inside = copy
            for step in path[:-1]:
                inside = inside[step]
            if odd is ...:
                del inside[path[-1]]
            else:
                inside[path[-1]] = odd
            yield copy


def _paths(value: Any, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    steps = value.items() if isinstance(value, dict) else enumerate(value)
    for step, inside in steps:
        yield (*before, step)
        if isinstance(inside, dict | list):
            yield from _paths(inside, (*before, step))
