"""`rasmi identify`: which account an address or handle is, or what it is instead."""

import argparse
from typing import Any

from inventory.identity import Identity, Impossible, NotAnAccount, describe, identify
from inventory.language import _
from inventory.platforms import platform_named, platforms
from tui.commands.shared import add_json
from tui.printer import emit, say, warn


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("addresses", nargs="+", metavar="URL", help=_("an address or a handle"))
    parser.add_argument("--platform", help=_("the platform of bare handles"))
    parser.add_argument(
        "--domain", action="append", default=[], help=_("an official domain of the agency's own")
    )
    add_json(parser)


def run(call: argparse.Namespace) -> int:
    """Identify each address; 1 when any is no account."""
    platform = platform_named(call.platform) if call.platform else None
    if call.platform and platform is None:
        warn(_("No platform is called “{word}”.").format(word=call.platform))
        warn(", ".join(platforms()))
        return 2
    answers = [
        (text, identify(text, platform.key if platform else None, official_domains=call.domain))
        for text in call.addresses
    ]
    if call.json:
        emit([as_json(text, answer) for text, answer in answers])
    else:
        for text, answer in answers:
            _tell(text, answer)
    return 0 if all(isinstance(answer, Identity) for _text, answer in answers) else 1


def as_json(text: str, answer: Identity | NotAnAccount | Impossible) -> dict[str, Any]:
    """Return the documented form of one answer."""
    if isinstance(answer, Identity):
        return {
            "input": text,
            "platform": answer.platform,
            "key": answer.key,
            "canonical_url": answer.url,
            "handle": answer.handle,
            "personal_form": answer.personal_form,
        }
    if isinstance(answer, NotAnAccount):
        return {
            "input": text,
            "platform": answer.platform,
            "key": answer.key,
            "canonical_url": answer.url,
            "not_account": answer.what.value,
            "means": describe(answer.what),
        }
    return {
        "input": text,
        "platform": answer.platform,
        "key": None,
        "canonical_url": None,
        "not_account": "impossible",
        "means": answer.rule,
        "remedy": answer.remedy,
    }


def _tell(text: str, answer: Identity | NotAnAccount | Impossible) -> None:
    say(text)
    if isinstance(answer, Identity):
        say(f"  {platforms()[answer.platform].name}  {answer.key}")
        say(f"  {answer.url}")
        if answer.personal_form:
            say("  " + _("A form that personal profiles use: look who owns it."))
    elif isinstance(answer, NotAnAccount):
        say("  " + _("Not an account: {what}.").format(what=describe(answer.what)))
    else:
        say(f"  {answer.rule} {answer.remedy}")


ANSWER_IS = "a list, one object an address"
ANSWER = {
    "input": "what was given",
    "platform": "the platform's key, null when unknown",
    "key": "canonical key `platform:kind:value`; of the author for a post, of the feed for a feed",
    "canonical_url": "the one address of the account",
    "handle": "the handle as it was written (accounts only)",
    "personal_form": "the personal-profile form the address has, null for none (accounts only)",
    "not_account": (
        "what it is instead: `share_link`, `post`, `search_page`, `feed`, `group`, `invite`, "
        "`phone_link`, `own_site_page`, `page`, `app`, `mail_address`, `file`, `impossible`"
    ),
    "means": "the same in words (no accounts)",
    "remedy": "what to do (`impossible` only)",
}
