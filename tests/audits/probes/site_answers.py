"""An invented website, page by page, and the driving of a flow through it."""

from collections.abc import Generator, Mapping
from datetime import UTC, datetime
from typing import TypeVar

from audits.probes.exchange import Failure, Reply, Request, Response
from audits.probes.found_links import SiteReading
from audits.probes.site_reading import SiteToRead, read_site

AT = datetime(2026, 1, 1, 1, 0, tzinfo=UTC)
HOME = "https://www.contoh.gov.my/"
SITE = SiteToRead(1, HOME, ("contoh.gov.my",))

Done = TypeVar("Done")
Answer = str | bytes | Failure | Response


def page(body: str | bytes, url: str = HOME, content_type: str = "text/html", status: int = 200):
    """Return a page as the door hands it over."""
    raw = body.encode() if isinstance(body, str) else body
    return Response(url, status, {"content-type": content_type}, raw)


def driven(
    flow: Generator[Request, Reply, Done], answers: Mapping[str, Answer]
) -> tuple[Done, list[Request]]:
    """Drive a flow to its end; what has no answer is not there. Return what it says and asked."""
    asked: list[Request] = []
    try:
        request = next(flow)
        while True:
            asked.append(request)
            request = flow.send(_reply(request.url, answers))
    except StopIteration as done:
        return done.value, asked


def _reply(url: str, answers: Mapping[str, Answer]) -> Reply:
    answer = answers.get(url, page("<h1>404</h1>", url, status=404))
    return answer if isinstance(answer, Failure | Response) else page(answer, url)


def read(answers: Mapping[str, Answer] | Answer, site: SiteToRead = SITE) -> SiteReading:
    """Read a site that has these pages; a page alone is the home page."""
    pages = answers if isinstance(answers, Mapping) else {HOME: answers}
    return driven(read_site(site, AT), pages)[0]


def linked(reading: SiteReading) -> set[str]:
    """Return the keys a reading names."""
    return {link.key for link in reading.links}
