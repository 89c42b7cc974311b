"""The words the argument parser itself says, so that they exist in both languages."""

import argparse

from inventory.language import N_, _

WORDS = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("expected one argument"),
    N_("expected at least one argument"),
    N_("not allowed with argument %s"),
    N_("argument %(argument_name)s: %(message)s"),
)


def speak() -> None:
    """Let the argument parser look its words up in our catalogue."""
    argparse._ = _  # type: ignore[attr-defined]
