"""What a live check carries out: jobs, each a flow through the door and what becomes of its end.

Asking about accounts is one kind of job; reading an organisation's website is another. The run
knows neither: it drives flows, and writes down what they leave behind.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Protocol, TypeVar

from audits.probes.check_ledger import Subject
from audits.probes.exchange import Reply, Request
from inventory.change import Change

Result = TypeVar("Result")
AnyFlow = Generator[Request, Reply, Result]
Write = Callable[[Change], None]


class Fetch(Protocol):
    """Something that carries a request out and its reply in."""

    async def __call__(self, request: Request) -> Reply:
        """Return the reply to one request."""
        ...


@dataclass(frozen=True, slots=True)
class Landed:
    """What one job left behind: the subjects it is done with, and how it is written down."""

    subjects: tuple[tuple[Subject, int], ...]
    write: Write


@dataclass(frozen=True, slots=True)
class Job:
    """One flow about some subjects. `carry` drives it and returns what is to be written."""

    subjects: tuple[tuple[Subject, int], ...]
    carry: "Carry"


class Carry(Protocol):
    """How a job is carried out through a door."""

    async def __call__(self, fetch: Fetch) -> Landed:
        """Return what is to be written down."""
        ...


@dataclass(frozen=True, slots=True)
class Lane:
    """Jobs that stand in one queue: `name` is whose they are, `site` what politeness goes by.

    A queue that is `last` waits for those that are not: it builds on what they learn.
    """

    name: str
    site: str
    jobs: Sequence[Job]
    workers: int = 2
    last: bool = False

    @property
    def subjects(self) -> Iterator[tuple[Subject, int]]:
        """Everything its jobs are about."""
        return (subject for job in self.jobs for subject in job.subjects)


async def driven(flow: AnyFlow[Result], fetch: Fetch) -> Result:
    """Drive a flow to its end: carry its requests out, hand the replies in."""
    with closing(flow):
        try:
            request = next(flow)
            while True:
                request = flow.send(await fetch(request))
        except StopIteration as end:
            result: Result = end.value
            return result


def job_of(
    subjects: Sequence[tuple[Subject, int]],
    flow: Callable[[], AnyFlow[Result]],
    written: Callable[[Result], Write],
) -> Job:
    """Return the job that drives a flow and writes its end down as `written` says."""
    subjects = tuple(subjects)

    async def carry(fetch: Fetch) -> Landed:
        return Landed(subjects, written(await driven(flow(), fetch)))

    return Job(subjects, carry)
