"""Wikidata's word on an organisation: statements that hold today become leads, nothing else."""

import asyncio
import json

import pytest

from audits.probes.door_settings import DoorSettings
from audits.probes.exchange import Failure, Response
from audits.probes.sightings import Reason
from audits.probes.wikidata import (
    PROPERTIES,
    SITE,
    ask_entity,
    is_entity_id,
    page_of,
    read_entity,
    read_entity_file,
)
from audits.probes.wikidata_asking import fetch_entity
from inventory.errors import InventoryError
from inventory.vocabulary import LeadOrigin
from tests.audits.probes.local_site import Answer as Local
from tests.audits.probes.local_site import LocalSites
from tests.audits.probes.site_answers import driven, page


def statement(value, rank="normal", ended=False, kind="value"):
    snak = {"snaktype": kind, "datavalue": {"value": value, "type": "string"}}
    held = {"mainsnak": snak, "rank": rank, "type": "statement"}
    return {**held, "qualifiers": {"P582": [{"snaktype": "value"}]}} if ended else held


def entity(number="Q900", **claims):
    data = {"id": number, "claims": {name: list(values) for name, values in claims.items()}}
    data["labels"] = {"ms": {"language": "ms", "value": "Kementerian Contoh"}}
    return json.dumps({"entities": {number: data}}).encode()


def keys(body, **more):
    reading = read_entity(body, 1, **more)
    return [link.key for link in reading.links] if reading else None


VALUES = {
    "P2013": ("kementerian.contoh", "facebook:handle:kementeriancontoh"),
    "P2002": ("KemContoh", "x:handle:kemcontoh"),
    "P2003": ("kemcontoh", "instagram:handle:kemcontoh"),
    "P2397": ("UCabcdefghijklmnopqrstuv", "youtube:id:UCabcdefghijklmnopqrstuv"),
    "P11245": ("kemcontoh", "youtube:handle:kemcontoh"),
    "P2037": ("kemcontoh", "github:handle:kemcontoh"),
    "P4033": ("kemcontoh@sosial.contoh.gov.my", "mastodon:handle:kemcontoh@sosial.contoh.gov.my"),
    "P11892": ("kemcontoh", "threads:handle:kemcontoh"),
    "P7085": ("kemcontoh", "tiktok:handle:kemcontoh"),
    "P3789": ("kemcontoh", "telegram:handle:kemcontoh"),
    "P4264": ("kementerian-contoh", "linkedin:handle:kementerian-contoh"),
    "P12361": ("contoh.gov.my", "bluesky:handle:contoh.gov.my"),
    "P3267": ("12345678@N01", "flickr:id:12345678@N01"),
    "P3836": ("kemcontoh", "pinterest:handle:kemcontoh"),
}


@pytest.mark.parametrize("number", sorted(PROPERTIES))
def test_each_property_names_an_account_of_its_platform(number):
    value, key = VALUES[number]
    assert keys(entity(**{number: [statement(value)]})) == [key]


def test_what_does_not_hold_today_is_passed_over():
    body = entity(
        P2002=[
            statement("lama", ended=True),
            statement("salah", rank="deprecated"),
            statement("baharu", rank="preferred"),
            statement("", kind="novalue"),
            statement({"time": 1}),
            statement("bukan nama yang sah!"),
            "x",
        ],
        P6634=[statement("seseorang")],
        P856=[statement("https://www.contoh.gov.my/")],
    )
    reading = read_entity(body, 1)
    assert [(link.key, link.origin, link.page) for link in reading.links] == [
        ("x:handle:baharu", LeadOrigin.WIKIDATA, page_of("Q900"))
    ]
    assert reading.websites == ("https://www.contoh.gov.my/",)
    assert reading.labels == {"ms": "Kementerian Contoh"}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'{"entities": {}}',
        b'{"entities": []}',
        b'{"entities": {"Q900": {"id": "Q900", "missing": ""}}}',
        b'{"entities": {"Q900": 7}}',
        b'{"entities": {"Q1": {"id": "Q1"}, "Q2": {"id": "Q2"}}}',
        b'{"entities": {"P31": {"id": "P31"}}}',
        b'{"a":' * 50_000,
    ],
)
def test_what_is_no_entity(body):
    assert keys(body) is None


def test_an_entity_with_claims_of_any_shape_is_read():
    assert keys(b'{"entities": {"Q9": {"id": "Q9", "claims": []}}}') == []
    assert keys(b'{"entities": {"Q9": {"id": "Q9", "claims": {"P2002": {"a": 1}}}}}') == []


def test_one_entity_is_asked_for_by_its_id():
    address = page_of("Q900")
    answer = Response(address, 200, {}, entity(P2002=[statement("kemcontoh")]))
    reading, asked = driven(ask_entity("Q900", 3), {address: answer})
    assert [request.url for request in asked] == [address]
    assert (reading.organisation_id, [link.key for link in reading.links]) == (
        3,
        ["x:handle:kemcontoh"],
    )


async def test_an_entity_is_fetched_through_the_door():
    path = page_of("Q900").removeprefix(f"https://{SITE}")
    body = entity(P2002=[statement("kemcontoh")])
    sites = LocalSites({SITE: {path: Local(body=body)}})
    async with sites:
        reading = await asyncio.to_thread(fetch_entity, "Q900", 3, sites.settings())
        assert [link.key for link in reading.links] == ["x:handle:kemcontoh"]
        with pytest.raises(InventoryError, match="Q901"):
            await asyncio.to_thread(fetch_entity, "Q901", 3, sites.settings())
        with pytest.raises(InventoryError):
            await asyncio.to_thread(fetch_entity, "Q900", 3, DoorSettings(proxy="ftp://x"))
        with pytest.raises(InventoryError, match="offline"):
            await asyncio.to_thread(fetch_entity, "Q900", 3, DoorSettings(offline=True))


def test_an_entity_that_was_merged_answers_under_its_new_id():
    body = entity("Q901", P2002=[statement("kemcontoh")])
    assert read_entity(body, 1, "Q900").entity == "Q901"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Failure(Reason.TIME_OUT), Reason.TIME_OUT),
        (page("{}", status=404), Reason.NO_MARKER),
        (page("{}", status=429), Reason.RATE_LIMIT),
        (page("<html>"), Reason.UNREADABLE),
    ],
)
def test_no_answer_is_a_reason_not_an_empty_reading(answer, reason):
    result, _asked = driven(ask_entity("Q900", 1), {page_of("Q900"): answer})
    assert isinstance(result, Failure)
    assert result.reason is reason


@pytest.mark.parametrize("reference", ["", "q1", "Q0", "Q", "Q1/..", "P31", "Q1\n", "Q" + "9" * 20])
def test_only_ids_of_entities_are_asked_for(reference):
    assert not is_entity_id(reference)
    with pytest.raises(ValueError, match="no id"):
        next(ask_entity(reference, 1))


def test_a_saved_file(tmp_path):
    file = tmp_path / "Q900.json"
    file.write_bytes(entity(P2002=[statement("kemcontoh")]))
    assert [link.key for link in read_entity_file(file, 1).links] == ["x:handle:kemcontoh"]
    file.write_text("{}")
    for path in (file, tmp_path, tmp_path / "none.json"):
        with pytest.raises(InventoryError):
            read_entity_file(path, 1)
