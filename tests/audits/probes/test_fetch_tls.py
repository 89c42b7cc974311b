"""Certificates are always checked, against authorities somebody chose and not the environment."""

import asyncio
import ssl
import warnings
from pathlib import Path

import pytest

from audits.probes.door_settings import DoorSettings
from audits.probes.exchange import Failure, Request, Response
from audits.probes.fetch import Door, DoorError
from audits.probes.network import trusted
from audits.probes.sightings import Reason
from tests.audits.probes.local_site import Answer, LocalSites
from tests.source import modules

HOST = "www.example.org"
PAGE = Request(f"https://{HOST}/", "example")


async def reason(sites: LocalSites, **settings: object) -> Reason:
    async with sites, Door(sites.settings(**settings)) as door:
        reply = await door.fetch(PAGE)
    assert isinstance(reply, Failure)
    assert sites.asked == []
    return reply.reason


@pytest.mark.parametrize("fault", ["wrong name", "expired", "unknown authority"])
async def test_a_certificate_that_is_not_right_is_refused(fault: str) -> None:
    sites = LocalSites({HOST: {"/": Answer()}}, certificates={HOST: fault})
    assert await reason(sites) is Reason.TLS


async def test_an_authority_nobody_chose_is_refused() -> None:
    assert await reason(LocalSites({HOST: {"/": Answer()}}), ca_file=None) is Reason.TLS


def _lenient() -> ssl.SSLContext:
    """Return a context that would speak TLS 1.1."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1
    return context


async def test_old_versions_of_tls_are_refused() -> None:
    sites = LocalSites({HOST: {"/": Answer()}}, old_tls=True)
    async with sites:
        _reader, writer = await asyncio.open_connection(
            "127.0.0.1", sites.ports[1], ssl=_lenient(), server_hostname=HOST
        )
        assert writer.get_extra_info("ssl_object").version() == "TLSv1.1"
        writer.transport.abort()
        async with Door(sites.settings()) as door:
            reply = await door.fetch(PAGE)
    assert isinstance(reply, Failure)
    assert reply.reason in (Reason.TLS, Reason.CONNECTION)  # as the server hangs up
    assert sites.asked == []


async def test_a_server_without_tls_is_refused() -> None:
    async def welcome(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(welcome, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    sites = LocalSites({HOST: {}})
    assert await reason(sites, detour={443: port}) in (Reason.TLS, Reason.CONNECTION)
    server.close()
    await server.wait_closed()


async def test_the_reason_tells_what_is_wrong_with_the_certificate() -> None:
    sites = LocalSites({HOST: {"/": Answer()}}, certificates={HOST: "expired"})
    async with sites, Door(sites.settings()) as door:
        reply = await door.fetch(PAGE)
    assert isinstance(reply, Failure)
    assert "expired" in reply.detail


async def test_a_file_of_authorities_adds_to_the_usual_ones() -> None:
    sites = LocalSites({HOST: {"/": Answer()}})
    async with sites, Door(sites.settings()) as door:
        assert isinstance(await door.fetch(PAGE), Response)
        assert len(trusted(sites.ca_file).get_ca_certs()) == len(trusted(None).get_ca_certs()) + 1


@pytest.mark.parametrize("content", [None, "", "no certificate"])
def test_a_file_without_certificates_is_told_at_once(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "authorities.pem"
    if content is not None:
        file.write_text(content)
    with pytest.raises(DoorError, match=r"authorities\.pem"):
        Door(DoorSettings(ca_file=file))


async def test_the_environment_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sites = LocalSites({HOST: {"/": Answer()}})
    async with sites:
        monkeypatch.setenv("SSL_CERT_FILE", str(sites.ca_file))
        monkeypatch.setenv("SSL_CERT_DIR", str(sites.ca_file.parent))
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(sites.ca_file))
        monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys.log"))
        async with Door(sites.settings(ca_file=None)) as door:
            reply = await door.fetch(PAGE)
        async with Door(sites.settings()) as door:
            assert isinstance(await door.fetch(PAGE), Response)
    assert isinstance(reply, Failure)
    assert reply.reason is Reason.TLS
    assert not (tmp_path / "keys.log").exists()


def test_certificates_and_names_are_always_checked() -> None:
    context = trusted(None)
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.minimum_version is ssl.TLSVersion.TLSv1_2


@pytest.mark.parametrize("word", ["verify=", "CERT_NONE", "CERT_OPTIONAL", "check_hostname",
                                  "_create_unverified_context", "trust_env"])  # fmt: skip
def test_there_is_no_switch_to_leave_the_check_out(word: str) -> None:
    with_word = [module.path for module in modules() if word in module.text]
    assert with_word == []
