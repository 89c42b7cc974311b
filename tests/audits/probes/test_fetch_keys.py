"""A key is seen by the site it is for, over TLS, and by nobody and nothing else."""

import logging
from dataclasses import replace
from pathlib import Path

import pytest

from audits.probes.exchange import Failure, Request, Response
from audits.probes.fetch import Door
from audits.probes.keys import Keys
from audits.probes.sightings import Reason
from tests.audits.probes.local_site import Answer, LocalSites, redirect

HOST, OTHER = "api.example.org", "other.example.org"
VALUE = "kunci-rahsia-4711"
REQUEST = Request(
    f"https://{HOST}/", "example", secret="x", secret_header=("Authorization", "Bearer {key}")
)
KEYS = Keys({"RASMI_KEY_X": VALUE}, Path("/nonexistent/keys.toml"), use_store=False)
NO_KEYS = Keys({}, Path("/nonexistent/keys.toml"), use_store=False)


async def test_a_key_is_sent_in_the_header_asked_for() -> None:
    sites = LocalSites({HOST: {"/": Answer()}})
    async with sites, Door(sites.settings(keys=KEYS)) as door:
        await door.fetch(REQUEST)
        await door.fetch(replace(REQUEST, secret_header=("x-api-key", "{key}")))
    assert sites.asked[0].headers["authorization"] == f"Bearer {VALUE}"
    assert sites.asked[1].headers["x-api-key"] == VALUE
    assert VALUE not in sites.asked[0].target


@pytest.mark.parametrize("keys", [None, NO_KEYS])
async def test_without_the_key_nothing_is_asked(keys: Keys | None) -> None:
    sites = LocalSites({HOST: {"/": Answer()}})
    async with sites, Door(sites.settings(keys=keys)) as door:
        reply = await door.fetch(REQUEST)
    assert isinstance(reply, Failure)
    assert reply.reason is Reason.NO_KEY
    assert sites.connections == 0


async def test_a_file_of_keys_others_can_read_is_told_and_not_used(tmp_path: Path) -> None:
    file = tmp_path / "keys.toml"
    file.write_text(f'x = "{VALUE}"')
    file.chmod(0o644)
    sites = LocalSites({HOST: {"/": Answer()}})
    async with sites, Door(sites.settings(keys=Keys({}, file, use_store=False))) as door:
        reply = await door.fetch(REQUEST)
    assert isinstance(reply, Failure)
    assert reply.reason is Reason.NO_KEY
    assert "chmod 600" in reply.detail
    assert sites.connections == 0


async def test_a_key_is_never_sent_without_tls() -> None:
    sites = LocalSites({HOST: {"/": Answer()}})
    async with sites, Door(sites.settings(keys=KEYS)) as door:
        reply = await door.fetch(replace(REQUEST, url=f"http://{HOST}/"))
    assert isinstance(reply, Failure)
    assert reply.reason is Reason.REFUSED
    assert sites.connections == 0


ENDINGS = {
    "well": Answer(body="well"),
    "unauthorised": Answer(401, '{"error":"bad token"}'),
    "rate limit": Answer(429, headers={"Retry-After": "900"}),
    "elsewhere": redirect(f"https://{OTHER}/"),
    "inside": redirect("http://127.0.0.1/"),
    "reset": Answer(reset=True),
    "time-out": Answer(delay=30),
    "too large": Answer(body=b"x" * 65536, endless=True),
    "no HTTP": Answer(raw=b"SSH-2.0\r\n\r\n"),
    "broken": Answer(body="x", headers={"Content-Encoding": "gzip"}),
}


@pytest.mark.parametrize("ending", [*ENDINGS, "wrong name", "unknown authority", "two lines"])
async def test_however_it_ends_the_key_is_written_nowhere(
    ending: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    for name in (None, "httpx", "httpcore", "httpcore.http11", "httpcore.connection", "asyncio"):
        caplog.set_level(logging.DEBUG, name)
    broken = {HOST: ending} if ending in ("wrong name", "unknown authority") else {}
    template = "Bearer {key}\r\nX: y" if ending == "two lines" else "Bearer {key}"
    sites = LocalSites(
        {HOST: {"/": ENDINGS.get(ending, Answer())}, OTHER: {"/": Answer()}}, certificates=broken
    )
    request = replace(
        REQUEST, url=f"https://{HOST}/?q={VALUE}", secret_header=("Authorization", template)
    )
    async with sites, Door(sites.settings(keys=KEYS, total_time=0.5)) as door:
        reply = await door.fetch(request)
        shown = [repr(door), repr(vars(door)), repr(door._settings)]
    if isinstance(reply, Failure):
        shown.append(repr(reply))
    elif ending != "elsewhere":
        assert isinstance(reply, Response)
        assert VALUE not in repr(reply.headers)
    written = capfd.readouterr()
    shown += [caplog.text, written.out, written.err]
    assert not [text for text in shown if VALUE in text]
    assert VALUE not in repr([asked for asked in sites.asked if asked.host == OTHER])


async def test_the_libraries_say_nothing_at_any_level(caplog: pytest.LogCaptureFixture) -> None:
    sites = LocalSites({HOST: {"/": Answer(headers={"Set-Cookie": "id=rahsia"})}})
    async with sites, Door(sites.settings(keys=KEYS)) as door:
        for name in ("httpx", "httpcore", "httpcore.http11", "httpcore.connection"):
            caplog.set_level(logging.DEBUG, name)
        await door.fetch(REQUEST)
    assert [record for record in caplog.records if record.name.startswith("http")] == []
