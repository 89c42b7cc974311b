"""The one door to the network: every request of the house goes out here, and nowhere else.

What it promises: public addresses only, checked where the connection is made, on every hop;
certificates always checked; bounded size and time; one polite question after another; no cookies,
no proxy nobody asked for; a key goes to the place it is for and no further.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self

import httpx

from audits.probes.bounded import ENCODINGS, read_bounded
from audits.probes.door_settings import DoorSettings, Stored
from audits.probes.exchange import Failure, Reply, Request, Response
from audits.probes.failures import NoAnswer, explained
from audits.probes.network import Transports, silence_loggers
from audits.probes.politeness import Politeness, http_date, seconds_asked, seconds_until_reset
from audits.probes.public_address import Place, RefusedAddress, checked_place
from audits.probes.robots import LIMIT, KeptRobots
from audits.probes.robots_gate import RobotsGate
from audits.probes.sightings import Reason
from inventory.language import _
from inventory.safe_text import visible

MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_METHODS = frozenset({"GET", "POST"})
_PROXY = re.compile(r"https?://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\])(:[0-9]{1,5})?/?")
_REDIRECT_BODY = 64 * 1024
_LONGEST_MARK = 1024
# What the door alone says about itself and the connection.
_OURS = frozenset(
    {
        "Accept-Encoding",
        "Connection",
        "Content-Length",
        "Cookie",
        "Expect",
        "Host",
        "If-Modified-Since",
        "If-None-Match",
        "Proxy-Authorization",
        "Te",
        "Transfer-Encoding",
        "Upgrade",
        "User-Agent",
    }
)
# What goes along to another place.
_ANYWHERE = frozenset({"Accept", "Accept-Encoding", "Accept-Language", "User-Agent"})
_RESETS = ("x-rate-limit-reset", "x-ratelimit-reset", "ratelimit-reset")
_BUSY = frozenset({Reason.TIME_OUT, Reason.CONNECTION, Reason.TLS, Reason.DNS})


class DoorError(Exception):
    """The door cannot be opened with these settings; the text is one sentence with its remedy."""


@dataclass(frozen=True, slots=True)
class _Hop:
    """One request of a chain: where it goes and what goes along."""

    url: httpx.URL
    place: Place
    site: str
    method: str
    headers: Mapping[str, str]
    body: bytes | None
    limit: int
    cut: bool = False


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: httpx.Headers
    body: bytes


class _Budget:
    """The time one request may take; waiting out of politeness is not counted."""

    def __init__(self, seconds: float) -> None:
        self._left = seconds

    @asynccontextmanager
    async def spent(self) -> AsyncIterator[None]:
        """Count the time the block takes. Raises `TimeoutError` when none is left."""
        clock = asyncio.get_running_loop().time
        began = clock()
        try:
            async with asyncio.timeout(max(self._left, 0.0)):
                yield
        finally:
            self._left -= clock() - began


class Door:
    """Carries requests out and answers in. Use it in `async with`, or `close()` it.

    Raises `DoorError` for a proxy or a file of authorities that cannot be used.
    """

    def __init__(self, settings: DoorSettings) -> None:
        self._settings = settings
        self._user_agent = settings.user_agent
        self._politeness = Politeness(settings)
        self._robots = RobotsGate(settings, self._robots_text)
        self._transports = None if settings.offline else _opened(settings)
        silence_loggers()

    async def fetch(self, request: Request, *, stored: Stored | None = None) -> Reply:
        """Return the answer to a request, or why there is none. Never raises for the network.

        With `stored`, the site may say that the stored copy still holds. A site that asks for a
        short pause is asked again after it; a long pause is a `Failure` with `retry_after`.
        """
        budget = _Budget(self._settings.total_time)
        for left in reversed(range(self._settings.attempts)):
            try:
                return await self._follow(request, stored, budget)
            except NoAnswer as error:
                if not left or not self._worth_waiting(error):
                    return error.about(request.url)
        raise AssertionError("a door makes at least one attempt")

    async def close(self) -> None:
        """Close all connections."""
        if self._transports is not None:
            await self._transports.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    def _worth_waiting(self, error: NoAnswer) -> bool:
        return (
            error.reason is Reason.RATE_LIMIT
            and error.retry_after is not None
            and error.retry_after <= self._settings.patience
        )

    async def _follow(
        self, request: Request, stored: Stored | None, budget: _Budget, *, cut: bool = False
    ) -> Response:
        """Return the answer at the end of the redirects. Raises `NoAnswer`."""
        if self._transports is None:
            raise NoAnswer(Reason.OFFLINE, Reason.OFFLINE.label)
        hop = self._first_hop(request, stored, cut=cut)
        passed: list[str] = []
        while True:
            if request.honour_robots:
                await self._ask_robots(hop)
            answer = await self._exchange(hop, self._transports, budget)
            target = answer.headers.get("location")
            if answer.status not in _REDIRECTS or not target or not request.follow:
                return _response(hop, answer, stored, passed)
            if len(passed) == MOST_REDIRECTS:
                raise NoAnswer(Reason.REFUSED, _("too many redirects"))
            passed.append(str(hop.url))
            hop = _next_hop(hop, answer.status, target)

    def _first_hop(self, request: Request, stored: Stored | None, *, cut: bool) -> _Hop:
        """Return the first request of a chain, with the key. Raises `NoAnswer`."""
        if request.method not in _METHODS:
            raise NoAnswer(Reason.REFUSED, _("only questions are asked: GET and POST"))
        url, place = _checked(request.url)
        headers = {"Accept": "*/*"}
        headers |= _theirs(request.headers)
        headers |= {"User-Agent": self._user_agent, "Accept-Encoding": ENCODINGS}
        headers |= _conditions(stored)
        headers |= self._key_header(request, place)
        return _Hop(
            url, place, request.site, request.method, headers, request.body, request.limit, cut
        )

    def _key_header(self, request: Request, place: Place) -> dict[str, str]:
        """Return the header that carries the key the request names. Raises `NoAnswer`."""
        if request.secret is None:
            return {}
        if place.scheme != "https":
            raise NoAnswer(Reason.REFUSED, _("a key is only sent over https"))
        with explained():
            key = self._settings.keys.find(request.secret) if self._settings.keys else None
        if key is None or request.secret_header is None:
            raise NoAnswer(Reason.NO_KEY, Reason.NO_KEY.label)
        name, template = request.secret_header
        return {name.title(): template.replace("{key}", key.reveal())}

    async def _ask_robots(self, hop: _Hop) -> None:
        target = hop.url.raw_path.decode("ascii")
        pause = await self._robots.check(hop.place, target, hop.site)
        if pause is not None:
            self._politeness.slow_down(hop.place.host, pause)

    async def _robots_text(self, url: str, site: str) -> KeptRobots:
        """Return what the site says to robots. Raises `NoAnswer` when it cannot be reached."""
        request = Request(url, site, limit=LIMIT)
        budget = _Budget(self._settings.total_time)
        answer = await self._follow(request, None, budget, cut=True)
        text = answer.text if answer.status < 300 else ""
        return KeptRobots(self._settings.clock.now(), answer.status, text)

    async def _exchange(self, hop: _Hop, transports: Transports, budget: _Budget) -> _Answer:
        """Ask one question in its turn, and note how the host fared. Raises `NoAnswer`."""
        host = hop.place.host
        try:
            with explained():
                async with (
                    self._politeness.turn(hop.site, host),
                    budget.spent(),
                    transports.to(hop.place) as transport,
                ):
                    answer = await _carried(hop, transport)
        except NoAnswer as error:
            if error.reason in _BUSY and error.retry_after is None:  # else it was not even asked
                self._politeness.in_trouble(host, error.reason)
            raise
        self._note(host, answer)
        return answer

    def _note(self, host: str, answer: _Answer) -> None:
        """Note how a host fared. Raises `NoAnswer` when it asks us to wait."""
        headers = answer.headers
        if answer.status == 429 or (answer.status == 503 and "retry-after" in headers):
            pause = self._politeness.asked_to_wait(host, self._pause_asked(headers))
            raise NoAnswer(Reason.RATE_LIMIT, Reason.RATE_LIMIT.label, pause)
        if answer.status == 403 and _used_up(headers):
            self._politeness.asked_to_wait(host, self._pause_asked(headers))
        elif answer.status >= 500:
            self._politeness.in_trouble(host, Reason.SERVER_ERROR)
        else:
            self._politeness.went_well(host)

    def _pause_asked(self, headers: httpx.Headers) -> float | None:
        now = http_date(headers.get("date", "")) or self._settings.clock.now()
        if (asked := seconds_asked(headers.get("retry-after", ""), now)) is not None:
            return asked
        resets = (seconds_until_reset(headers[name], now) for name in _RESETS if name in headers)
        return next((reset for reset in resets if reset is not None), None)


def _used_up(headers: httpx.Headers) -> bool:
    """Say whether a refusal is about how often we ask, as GitHub puts it: the next ones wait."""
    return "retry-after" in headers or headers.get("x-ratelimit-remaining") == "0"


async def _carried(hop: _Hop, transport: httpx.AsyncBaseTransport) -> _Answer:
    """Send one request and read its answer. Raises what the wire raises."""
    request = httpx.Request(hop.method, hop.url, headers=hop.headers, content=hop.body)
    response = await transport.handle_async_request(request)
    try:
        pieces = response.aiter_raw()
        if response.status_code in _REDIRECTS:
            body = await read_bounded(pieces, "", _REDIRECT_BODY, cut=True)
        else:
            encoding = response.headers.get("content-encoding", "")
            body = await read_bounded(pieces, encoding, hop.limit, cut=hop.cut)
    finally:
        await response.aclose()
    return _Answer(response.status_code, response.headers, body)


def _next_hop(hop: _Hop, status: int, target: str) -> _Hop:
    """Return the request a redirect leads to. Raises `NoAnswer` where it must not lead.

    A key stays with the place it was for: scheme, host and port.
    """
    url, place = _checked(target, hop.url)
    method, body = hop.method, hop.body
    if method == "POST" and status in (301, 302, 303):
        method, body = "GET", None
    if place == hop.place:
        return replace(hop, url=url, method=method, body=body)
    if body is not None:
        raise NoAnswer(Reason.REFUSED, _("what was sent may not go on to another place"))
    headers = {name: text for name, text in hop.headers.items() if name in _ANYWHERE}
    return replace(
        hop, url=url, place=place, site=place.host, method=method, body=None, headers=headers
    )


def _checked(address: str, base: httpx.URL | None = None) -> tuple[httpx.URL, Place]:
    """Return an address, or where a redirect leads, with its place. Raises `NoAnswer`."""
    try:
        url = httpx.URL(address) if base is None else base.join(address)
        if url.fragment:
            url = url.copy_with(fragment=None)
        return url, checked_place(url, address)
    except RefusedAddress as error:
        raise NoAnswer(Reason.REFUSED, str(error)) from None
    except (httpx.InvalidURL, ValueError):
        raise NoAnswer(Reason.REFUSED, _("The address cannot be read.")) from None


def _theirs(headers: Mapping[str, str]) -> dict[str, str]:
    """Return what an adapter may say; what the door says of itself stays its own."""
    named = {name.title(): text for name, text in headers.items()}
    return {name: text for name, text in named.items() if name not in _OURS}


def _conditions(stored: Stored | None) -> dict[str, str]:
    if stored is None:
        return {}
    conditions = {"If-None-Match": stored.etag, "If-Modified-Since": stored.last_modified}
    return {name: value for name, value in conditions.items() if value and _fits(value)}


def _fits(value: str) -> bool:
    """Say whether a header can carry what a site once sent."""
    return len(value) <= _LONGEST_MARK and value.isascii() and value.isprintable()


def _response(hop: _Hop, answer: _Answer, stored: Stored | None, passed: list[str]) -> Response:
    headers = {
        name.lower(): value for name, value in answer.headers.items() if name != "set-cookie"
    }
    unchanged = answer.status == 304 and stored is not None
    body = stored.body if stored is not None and unchanged else answer.body
    return Response(str(hop.url), answer.status, headers, body, tuple(passed), unchanged)


def _opened(settings: DoorSettings) -> Transports:
    """Return the transports. Raises `DoorError` for settings that cannot be used."""
    _check_proxy(settings.proxy)
    try:
        return Transports(settings)
    except OSError:
        message = _("{file} holds no certificates: name a file of certificates in PEM form.")
        raise DoorError(message.format(file=visible(str(settings.ca_file)))) from None


def _check_proxy(proxy: str | None) -> None:
    if proxy is not None and not _PROXY.fullmatch(proxy):
        raise DoorError(
            _("Give the proxy as http://host:port; its name and password are the key `proxy`.")
        )


__all__ = ["Door", "DoorError", "DoorSettings", "Failure", "Stored"]
