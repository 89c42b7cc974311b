"""All ids are found in one thread; only the newest question is answered."""

import threading
from array import array
from collections.abc import Callable, Iterator

from tests.tui.table_memory import MemorySource
from tui.table.id_query import CHUNK, Answer, IdQuery, Question


class Mailbox:
    """Collects what the thread delivers."""

    def __init__(self) -> None:
        self.answers: list[Answer] = []
        self.come = threading.Semaphore(0)

    def deliver(self, answer: Answer) -> None:
        self.answers.append(answer)
        self.come.release()


def asked(generation: int, source: MemorySource, text: str = "") -> Question:
    return Question(generation, source, text, ())


def running(then: Callable[[IdQuery, Mailbox], None]) -> Mailbox:
    """Run `then` with a query, and end its thread."""
    box = Mailbox()
    query = IdQuery(box.deliver)
    before = threading.active_count()
    try:
        then(query, box)
    finally:
        query.stop()
    assert threading.active_count() == before
    return box


def test_every_id_is_found_in_order() -> None:
    source = MemorySource.invented(3 * CHUNK + 5)

    def then(query: IdQuery, box: Mailbox) -> None:
        query.ask(asked(1, source))
        assert box.come.acquire(timeout=10)

    box = running(then)
    assert box.answers == [Answer(1, array("q", range(1, 3 * CHUNK + 6)))]


def test_a_question_overtaken_is_interrupted_and_never_answered() -> None:
    slow, quick = MemorySource.invented(10), MemorySource.invented(20)
    slow.gate.clear()

    def then(query: IdQuery, box: Mailbox) -> None:
        query.ask(asked(1, slow))
        slow.wait_until_asked()
        query.ask(asked(2, quick))
        assert box.come.acquire(timeout=10)

    box = running(then)
    assert [answer.generation for answer in box.answers] == [2]
    assert slow.interrupts == 1
    assert quick.interrupts == 0


def test_an_error_is_an_answer_and_the_thread_goes_on() -> None:
    class Broken(MemorySource):
        def all_ids(self, text: str, order: object) -> Iterator[int]:  # type: ignore[override]
            yield 1
            raise OSError("the disk is gone")

    def then(query: IdQuery, box: Mailbox) -> None:
        query.ask(asked(1, Broken({})))
        assert box.come.acquire(timeout=10)
        query.ask(asked(2, MemorySource.invented(2)))
        assert box.come.acquire(timeout=10)

    box = running(then)
    assert [str(answer.error) for answer in box.answers] == ["the disk is gone", "None"]
    assert list(box.answers[1].ids) == [1, 2]


def test_stopping_ends_a_query_that_runs() -> None:
    source = MemorySource.invented(10)
    source.gate.clear()

    def then(query: IdQuery, box: Mailbox) -> None:
        query.ask(asked(1, source))
        source.wait_until_asked()

    box = running(then)
    assert box.answers == []


def test_a_stopped_query_is_asked_in_vain() -> None:
    query = IdQuery(lambda answer: None)
    query.stop()
    before = threading.active_count()
    query.ask(asked(1, MemorySource.invented(1)))
    assert threading.active_count() == before
