"""The long half of a query: all ids in order, read by a thread that answers only the newest."""

from array import array
from collections.abc import Callable, Iterator
from contextvars import copy_context
from dataclasses import dataclass
from itertools import islice
from threading import Condition, Thread

from tui.table.rows import Ids, Order, RowSource

CHUNK = 4096
"""Ids read between two looks at whether somebody still wants them."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the thread is to find; `generation` tells its answer from those to older questions.

    With `count_all` it also counts the rows there are without any search.
    """

    generation: int
    source: RowSource
    text: str
    order: tuple[Order, ...]
    count_all: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """Every id in order, or why there is none."""

    generation: int
    ids: Ids
    error: Exception | None = None
    total: int | None = None


class IdQuery:
    """One long-lived thread: the newest question wins, older ones are stopped and never answered.

    `deliver` is called in the thread, which starts with the first question and ends with `stop()`.
    """

    def __init__(self, deliver: Callable[[Answer], None]) -> None:
        self._deliver = deliver
        self._news = Condition()
        self._next: Question | None = None
        self._running: Question | None = None
        self._stopped = False
        self._thread: Thread | None = None

    def ask(self, question: Question) -> None:
        """Set the thread to `question`; whatever it was doing is dropped."""
        with self._news:
            if self._stopped:
                return
            # Before the thread can take the new question, so that never the new query is hit.
            self._interrupt()
            self._next = question
            self._news.notify()
            if self._thread is None:
                # The context carries Textual's notion of the running app into the thread.
                self._thread = Thread(
                    target=copy_context().run, args=(self._run,), name="table-ids", daemon=True
                )
                self._thread.start()

    def cancel(self) -> None:
        """Drop the question in hand; the thread waits for the next."""
        with self._news:
            self._interrupt()
            self._next = None

    def stop(self, wait: float = 2.0) -> None:
        """End the thread, waiting at most `wait` seconds for it."""
        with self._news:
            self._stopped = True
            self._interrupt()
            self._next = None
            self._news.notify()
        if self._thread is not None:
            self._thread.join(wait)

    def _interrupt(self) -> None:
        running, self._running = self._running, None
        if running is not None:
            running.source.interrupt()

    def _run(self) -> None:
        while (question := self._take()) is not None:
            answer = self._answer(question)
            with self._news:
                wanted = self._running is question
                self._running = None
            if wanted:
                self._deliver(answer)

    def _take(self) -> Question | None:
        with self._news:
            self._news.wait_for(lambda: self._stopped or self._next is not None)
            self._running, self._next = self._next, None
            return None if self._stopped else self._running

    def _answer(self, question: Question) -> Answer:
        """Read all ids; only some of them when the question was withdrawn meanwhile."""
        ids, total = array("q"), None
        try:
            for chunk in self._chunks(question, question.text, question.order):
                ids.extend(chunk)
            if question.count_all:
                total = sum(map(len, self._chunks(question, "", ())))
        except Exception as error:  # a thread's last line: whatever the source raises is the answer
            return Answer(question.generation, array("q"), error)
        return Answer(question.generation, ids, total=total)

    def _chunks(self, question: Question, text: str, order: tuple[Order, ...]) -> Iterator[Ids]:
        """Give the ids in pieces, until there are no more or nobody wants them."""
        found = iter(question.source.all_ids(text, order))
        try:
            while self._running is question and (chunk := array("q", islice(found, CHUNK))):
                yield chunk
        finally:
            # Ends the statement now, so that a late interrupt cannot hit the next one.
            getattr(found, "close", lambda: None)()
