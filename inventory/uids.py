"""Public ids: stable, short; two offices that add the same thing issue the same one."""

import base64
import hashlib
import secrets

_LENGTH = 12


def account_uid(key: str) -> str:
    """Return the public id of the account first recorded under `key`."""
    return f"A-{_short(key)}"


def organisation_uid(name: str) -> str:
    """Return the public id of the organisation first recorded under `name`, however spaced."""
    return f"O-{_short(' '.join(name.casefold().split()))}"


def next_uid(uid: str, attempt: int) -> str:
    """Return the id to try when `uid` is taken by another: a handle can pass to a new account."""
    return f"{uid[:2]}{_short(f'{uid}#{attempt}')}"


def fresh_uid(prefix: str) -> str:
    """Return an id for something that nobody else can add a second time."""
    return f"{prefix}-{base64.b32encode(secrets.token_bytes(10)).decode()[:_LENGTH].lower()}"


def _short(seed: str) -> str:
    digest = hashlib.sha256(seed.encode("utf-8", "surrogatepass")).digest()
    return base64.b32encode(digest).decode()[:_LENGTH].lower()
