"""Reading the screen of an app under test, and waiting for what happens behind it."""

from collections.abc import Callable
from typing import Any

from textual.app import App
from textual.pilot import Pilot


def shown(app: App[Any]) -> str:
    """Return what stands on the screen now, line by line."""
    strips = app.screen._compositor.render_strips(app.size)
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


def line_with(app: App[Any], text: str) -> str:
    """Return the first line of the screen that holds `text`; fails when there is none."""
    found = next((line for line in shown(app).splitlines() if text in line), None)
    assert found is not None, f"{text!r} is not on the screen:\n{shown(app)}"
    return found


async def settled(pilot: Pilot[Any]) -> None:
    """Wait until workers have answered and their answers are drawn."""
    for _round in range(3):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


async def until(pilot: Pilot[Any], true: Callable[[], bool]) -> None:
    """Wait until something is true; fails with the screen after some seconds of it being false."""
    for _round in range(200):
        await settled(pilot)
        if true():
            return
        await pilot.pause(0.02)
    raise AssertionError(shown(pilot.app))


async def typed(pilot: Pilot[Any], text: str) -> None:
    """Press the keys of a text, one after another."""
    names = {" ": "space", "/": "slash", ":": "colon", ".": "full_stop", "@": "at"}
    names |= {"-": "minus", "_": "underscore", "!": "exclamation_mark"}
    await pilot.press(*[names.get(char, char) for char in text])
    await settled(pilot)
