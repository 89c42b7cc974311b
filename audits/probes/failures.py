"""Why there is no answer: what went wrong on the wire, in the words the rest of the house uses.

Texts of exceptions are never passed on: they can quote what was sent. Only the reason a
certificate was refused is, which speaks of names and dates.
"""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import httpcore
import httpx

from audits.probes.bounded import TooLarge, Unreadable
from audits.probes.exchange import Failure
from audits.probes.keys import KeysError
from audits.probes.network import NameLost
from audits.probes.politeness import Deferred
from audits.probes.public_address import RefusedAddress
from audits.probes.sightings import Reason
from audits.probes.wire import cut_off
from inventory.language import _

_HEADERS_TOO_LARGE = 431  # the hint h11 gives when headers pass its bound
_SHOWN = 160


class NoAnswer(Exception):
    """There is no answer to hand back; `failure` says why."""

    def __init__(self, reason: Reason, why: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.why = why
        self.retry_after = retry_after

    def about(self, address: str) -> Failure:
        """Return the failure, with the address it is about."""
        return Failure(self.reason, f"{shown(address)}: {self.why}", self.retry_after)


def shown(address: str) -> str:
    """Return the address as progress and reports may show it: plain letters, without a query,
    user name or fragment.
    """
    try:
        url = httpx.URL(address)
    except (httpx.InvalidURL, ValueError):
        return _("an address that cannot be read")
    path = url.raw_path.partition(b"?")[0]  # still encoded: decoded, it could move a cursor
    return f"{url.scheme}://{(url.raw_host + path).decode('ascii')}"[:_SHOWN]


@contextmanager
def explained() -> Iterator[None]:
    """Turn what goes wrong inside the block into `NoAnswer`."""
    try:
        yield
    except RefusedAddress as error:
        raise NoAnswer(Reason.REFUSED, str(error)) from None
    except KeysError as error:
        raise NoAnswer(Reason.NO_KEY, str(error)) from None
    except NameLost:
        raise NoAnswer(Reason.DNS, Reason.DNS.label) from None
    except Deferred as error:
        raise NoAnswer(error.reason, error.why.label, error.seconds) from None
    except (TimeoutError, httpcore.TimeoutException):
        raise NoAnswer(Reason.TIME_OUT, Reason.TIME_OUT.label) from None
    except TooLarge:
        raise NoAnswer(Reason.TOO_LARGE, Reason.TOO_LARGE.label) from None
    except Unreadable:
        raise NoAnswer(Reason.UNREADABLE, Reason.UNREADABLE.label) from None
    except httpcore.RemoteProtocolError as error:
        raise _broken_answer(error) from None
    except (httpcore.NetworkError, httpcore.ProxyError, ssl.SSLError, OSError) as error:
        raise _no_connection(error) from None
    except (httpcore.LocalProtocolError, httpcore.UnsupportedProtocol, UnicodeError):
        raise NoAnswer(Reason.REFUSED, _("The request itself could not be written.")) from None


def _broken_answer(error: httpcore.RemoteProtocolError) -> NoAnswer:
    """Tell a hang-up from headers without end and from what is no HTTP at all."""
    cause = error.__context__
    if getattr(cause, "error_status_hint", None) == _HEADERS_TOO_LARGE:
        return NoAnswer(Reason.TOO_LARGE, Reason.TOO_LARGE.label)
    if cut_off(error):
        return NoAnswer(Reason.CONNECTION, _("the connection was cut off"))
    return NoAnswer(Reason.UNREADABLE, Reason.UNREADABLE.label)


def _no_connection(error: Exception) -> NoAnswer:
    """Tell a certificate that cannot be trusted from a connection that cannot be made."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return NoAnswer(Reason.TLS, f"{Reason.TLS.label} ({cause.verify_message})")
        if isinstance(cause, ssl.SSLError):
            return NoAnswer(Reason.TLS, Reason.TLS.label)
        cause = cause.__cause__ or cause.__context__
    return NoAnswer(Reason.CONNECTION, Reason.CONNECTION.label)
