"""`rasmi`: open the terminal application."""

import argparse

from inventory.language import current
from tui.commands.shared import actor_of, path_of


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes: nothing but the common options."""


def run(call: argparse.Namespace) -> int:
    """Run the application until it is left; returns its exit code."""
    from tui.app import run_app

    return run_app(path_of(call), current(), actor_of(call))
