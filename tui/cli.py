"""The command line: finds the verb, imports only what it needs, and turns errors into sentences.

Exit codes: 0 done; 1 findings at or above `--fail-on`; 2 wrong use or something unreadable;
3 an audit that is incomplete; 130 interrupted.
"""

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType
from typing import Any

from inventory import language
from inventory.errors import InventoryError
from inventory.language import Language, _
from tui import argument_words
from tui.actions import Action, verbs
from tui.printer import OutputLost, finish, prepare, say, warn

USAGE_ERROR = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    language.use(_chosen_language(words))
    argument_words.speak()
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `rasmi … | head` ends quietly
    prepare()
    try:
        code = _dispatch(words)
        finish()
        return code
    except OutputLost as error:
        warn(_("What there was to say could not be written: {why}.").format(why=error))
        return USAGE_ERROR
    except InventoryError as error:
        warn(str(error))
        return USAGE_ERROR
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # the last line: no traceback ever reaches a user
        if os.environ.get("RASMI_DEBUG"):
            raise
        from tui import crash

        warn(crash.report(error))
        return USAGE_ERROR


class _Parser(argparse.ArgumentParser):
    """A parser that says what it has to say through the one way of printing."""

    def _print_message(self, message: str, file: Any = None) -> None:
        speak = warn if file is sys.stderr else say
        speak(message.removesuffix("\n"))


def common_options() -> argparse.ArgumentParser:
    """Return the options every verb takes."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--db", metavar="FILE", help=_("the inventory file (or RASMI_DB)"))
    parser.add_argument(
        "--lang", choices=[item.value for item in Language], help=_("the language to speak")
    )
    parser.add_argument("--actor", metavar="NAME", help=_("who makes the change (or RASMI_ACTOR)"))
    return parser


def parser_of(action: Action, module: ModuleType) -> argparse.ArgumentParser:
    """Return the parser of one verb."""
    parser = _Parser(
        prog=f"rasmi {action.verb}", description=action.help, parents=[common_options()]
    )
    module.arguments(parser)
    return parser


def command_module(verb: str) -> ModuleType:
    """Import the module of one verb."""
    return import_module(f"tui.commands.{verb}_" if verb == "import" else f"tui.commands.{verb}")


def _dispatch(words: list[str]) -> int:
    place = _place_of_verb(words)
    if place is None:
        if {"-h", "--help"} & set(words):
            _say_help()
            return 0
        if "--version" in words:
            _say_version()
            return 0
        verb, rest = "open", words
    else:
        verb, rest = words[place], words[:place] + words[place + 1 :]
    action = verbs().get(verb)
    if action is None:
        return _no_such_verb(verb)
    module = command_module(verb)
    call = parser_of(action, module).parse_intermixed_args(rest)
    code: int = module.run(call)
    return code


def _place_of_verb(words: Sequence[str]) -> int | None:
    skip = False
    for place, word in enumerate(words):
        if skip:
            skip = False
        elif word in ("--db", "--lang", "--actor"):
            skip = True
        elif not word.startswith("-"):
            return place
    return None


def _no_such_verb(verb: str) -> int:
    from difflib import get_close_matches

    near = get_close_matches(verb, verbs(), 1)
    warn(_("There is no command “{verb}”.").format(verb=verb))
    if near:
        warn(_("Did you mean “{near}”?").format(near=near[0]))
    warn(_("`rasmi --help` lists them."))
    return USAGE_ERROR


def _chosen_language(words: Sequence[str]) -> Language:
    for place, word in enumerate(words):
        name = word.partition("=")[2] if word.startswith("--lang=") else ""
        if word == "--lang" and place + 1 < len(words):
            name = words[place + 1]
        if name in list(Language):
            return Language(name)
    return language.from_environment(os.environ)


def _say_help() -> None:
    say(_("rasmi: which social-media accounts speak for a government, and which should not."))
    say()
    say(_("usage: ") + "rasmi [--db FILE] [--lang ms|en] [COMMAND …]")
    say()
    for verb, action in verbs().items():
        say(f"  {verb:<14} {action.help}")
    say()
    say(_("`rasmi COMMAND --help` explains one. Without a command the application opens."))


def _say_version() -> None:
    from importlib.metadata import version

    say(f"rasmi {version('rasmi')}")
