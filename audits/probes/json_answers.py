"""Reading JSON from outside: whatever comes, a value of the expected type or None."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from audits.probes.exchange import Response

Answer = Mapping[str, Any]

LONGEST_NAME = 300
LONGEST_TEXT = 5_000
_LONGEST_LINK = 2_048
_MOST_LINKS = 50
_SURROGATES = re.compile("[\ud800-\udfff]")
_LINK = re.compile(r"https?://[^\s<>\"'`“”‘’|\\^{}]{4,2000}", re.IGNORECASE)
_BARE_SITE = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}(?:/\S{0,1000})?", re.IGNORECASE)


def json_value(body: bytes) -> Any:
    """Return what a JSON body holds; None when it is not JSON, or holds nothing."""
    try:
        return json.loads(body.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError):
        return None


def json_object(response: Response) -> Answer | None:
    """Return the JSON object of an answer; None when it is anything else."""
    value = json_value(response.body)
    return value if isinstance(value, dict) else None


def at_path(value: Any, path: str) -> Any:
    """Return what stands at `a/b/c` in nested objects; None when any step is missing."""
    for step in path.split("/"):
        if not isinstance(value, dict):
            return None
        value = value.get(step)
    return value


def text(value: object, most: int = LONGEST_NAME) -> str | None:
    """Return a string from outside, at most so long; None when empty or no string at all."""
    if not isinstance(value, str):
        return None
    return _SURROGATES.sub("\ufffd", value[: most * 2].strip()[:most]) or None


def long_text(value: object) -> str | None:
    """Return a text of several lines, such as a bio."""
    return text(value, LONGEST_TEXT)


def identifier(value: object) -> str | None:
    """Return a platform's id as text, whether it came as a number or a string."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**63:
        return str(value)
    found = text(value)
    return found if found and re.fullmatch(r"[A-Za-z0-9:._%@-]{1,256}", found) else None


def objects(value: object) -> Sequence[Answer]:
    """Return the objects of a list; nothing when it is no list."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def same_name(one: str | None, other: str | None) -> bool:
    """Say whether two names are the same to a platform that does not mind capitals."""
    return bool(one) and bool(other) and str(one).casefold() == str(other).casefold()


def says(value: object, *expected: str) -> bool:
    """Say whether a text is one of the expected, whatever its capitals and final stop."""
    found = text(value, LONGEST_TEXT)
    return bool(found) and str(found).rstrip(".! ").casefold() in expected


def web_link(value: object) -> str | None:
    """Return a field that holds one web address; a bare host is taken as https."""
    found = text(value, _LONGEST_LINK)
    if not found or any(letter.isspace() for letter in found):
        return None
    if not found.lower().startswith(("http://", "https://")):
        if not _BARE_SITE.fullmatch(found):
            return None
        found = f"https://{found}"
    try:
        host = urlsplit(found).hostname
    except ValueError:
        return None
    return found if host and "." in host else None


def links_in(words: str | None) -> list[str]:
    """Return the web addresses written in a text."""
    return [link.rstrip(".,;:!?)]}") for link in _LINK.findall((words or "")[:LONGEST_TEXT])]


def unique_links(*groups: Iterable[str | None]) -> tuple[str, ...]:
    """Return the links in order, each once, at most fifty."""
    found = dict.fromkeys(link for group in groups for link in group if link)
    return tuple(found)[:_MOST_LINKS]
