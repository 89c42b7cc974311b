"""Driving a flow without a network: every request meets an answer that was written down."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from audits.probes.exchange import Adapter, Failure, Flow, Reply, Request, Response, Target
from audits.probes.sightings import Reason, Sighting

ANSWERS = Path(__file__).with_name("answers")
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)

Answers = Mapping[str, Reply] | Callable[[Request], Reply]


def now() -> datetime:
    """The time in all tests."""
    return NOW


def answer(
    body: str | bytes | Path = "",
    status: int = 200,
    *,
    url: str = "",
    headers: Mapping[str, str] | None = None,
) -> Response:
    """An answer; without an address it comes from where it was asked."""
    if isinstance(body, Path):
        body = body.read_bytes()
    content = body.encode() if isinstance(body, str) else body
    return Response(url=url, status=status, headers=dict(headers or {}), body=content)


def drive(flow: Flow, answers: Answers) -> tuple[list[Sighting], list[Request]]:
    """Run a flow to its end; returns its sightings and what it asked, in order.

    Raises KeyError for a question nobody wrote an answer for.
    """
    asked: list[Request] = []
    reply: Reply | None = None
    while True:
        try:
            request = flow.send(reply) if reply is not None else next(flow)
        except StopIteration as end:
            return list(end.value), asked
        asked.append(request)
        found = answers(request) if callable(answers) else answers[request.url]
        if isinstance(found, Response) and not found.url:
            found = Response(request.url, found.status, found.headers, found.body, found.redirects)
        reply = found


def ask(adapter: Adapter, target: Target, answers: Answers) -> Sighting:
    """Ask about one account and return the one sighting."""
    seen, _asked = drive(adapter.ask([target]), answers)
    assert len(seen) == 1
    return seen[0]


def always(reply: Reply) -> Callable[[Request], Reply]:
    """The same answer to every question."""
    return lambda _request: reply


def target(
    platform: str,
    value: str,
    kind: str = "handle",
    *,
    url: str = "",
    platform_id: str | None = None,
) -> Target:
    """An account to ask about."""
    return Target(1, f"{platform}:{kind}:{value}", platform, kind, value, value, url, platform_id)


NOTHING_SAID: Mapping[str, Reply] = {
    "empty body": answer(""),
    "white space": answer(" \n"),
    "HTML instead of JSON": answer("<html><head><title>Hello</title></head><body>x</body></html>"),
    "JSON list": answer("[]"),
    "JSON string": answer('"found"'),
    "JSON null": answer("null"),
    "JSON number": answer("1"),
    "empty object": answer("{}"),
    "cut-off JSON": answer('{"did": "did:plc:abc", "id": 1, "login": "conto'),
    "binary": answer(bytes(range(256)) * 4),
    "deep JSON": answer("[" * 100_000),
    "deep object": answer('{"a":' * 100_000),
    "long number": answer('{"id": ' + "9" * 5_000 + "}"),
    "UTF-16": answer("{}".encode("utf-16")),
    "created": answer("{}", 201),
    "no content": answer("", 204),
    "bad request": answer("{}", 400),
    "not found, empty": answer("", 404),
    "not found, page": answer("<html><title>Oops</title></html>", 404),
    "not found, other words": answer('{"error": "no route"}', 404),
    "gone": answer("", 410),
    "not allowed": answer("", 405),
    "teapot": answer("", 418),
    "legal": answer("", 451),
    "redirect nowhere": answer("", 302),
}
"""Answers that say neither yes nor no, whatever was asked: each is unknown."""

WALLS: Mapping[str, tuple[Reply, str]] = {
    "sign in": (answer("", 401), "login_wall"),
    "forbidden": (answer("", 403), "permission"),
    "too many": (answer("", 429, headers={"retry-after": "60"}), "rate_limit"),
    "used up": (answer("{}", 403, headers={"x-ratelimit-remaining": "0"}), "rate_limit"),
    "calm down": (answer("", 420), "rate_limit"),
    "LinkedIn's": (answer("", 999), "challenge"),
    "LinkedIn's wall": (answer("<script>location='/authwall?x'</script>", 999), "login_wall"),
    "fault": (answer("", 500), "server_error"),
    "away": (answer("", 503), "server_error"),
    "Cloudflare": (answer("<html><title>Just a moment...</title></html>", 403), "challenge"),
    "Cloudflare, 200": (answer("<HTML><TITLE>\nJust A Moment...</TITLE></HTML>"), "challenge"),
    "Cloudflare's word": (answer("", 403, headers={"cf-mitigated": "challenge"}), "challenge"),
    "AWS": (answer("", 202, headers={"x-amzn-waf-action": "challenge"}), "challenge"),
    "AWS, 405": (answer("", 405, headers={"x-amzn-waf-action": "captcha"}), "challenge"),
    "led to a login": (answer("<html>", url="https://a.example/login/?next=x"), "login_wall"),
    "led to consent": (answer("<html>", url="https://consent.youtube.com/m?x"), "login_wall"),
    "led to a proof": (answer("<html>", url="https://www.google.com/sorry/index"), "challenge"),
    "told to a login": (
        answer("", 302, headers={"location": "https://a.example/accounts/login/"}),
        "login_wall",
    ),
    "time-out": (Failure(Reason.TIME_OUT), "time_out"),
    "no name": (Failure(Reason.DNS), "dns"),
    "bad certificate": (Failure(Reason.TLS), "tls"),
    "refused": (Failure(Reason.REFUSED), "refused"),
    "too large": (Failure(Reason.TOO_LARGE), "too_large"),
    "offline": (Failure(Reason.OFFLINE), "offline"),
    "robots": (Failure(Reason.ROBOTS), "robots"),
}
"""Answers that are no answer, and the reason each must be given."""
