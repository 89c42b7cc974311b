"""What is taken for canonical without reading is exactly what reading would give."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.canonical_addresses import is_canonical
from inventory.identity import Identity, identify
from inventory.platforms import default_table

TABLE = default_table()
VALUES = [
    (platform, value)
    for platform in TABLE.platforms.values()
    for value in platform.values.values()
    if "{}" in value.url
]
FIRST_WORDS = sorted(
    {
        form.first_word
        for platform in TABLE.platforms.values()
        for host in platform.hosts
        if (site := TABLE.site(host))
        for form in site[0].forms
        if form.first_word
    }
    | {word for platform in TABLE.platforms.values() for word in platform.reserved}
)
TEXTS = st.one_of(
    st.text("abcXz019._-", min_size=1, max_size=14),
    st.from_regex(r"[a-z]{3,12}[0-9]{0,4}", fullmatch=True),
    st.from_regex(r"[0-9]{4,20}", fullmatch=True),
    st.from_regex(r"UC[A-Za-z0-9_-]{22}", fullmatch=True),
    st.from_regex(r"[a-z]{3}-[0-9]{9,12}", fullmatch=True),
    st.sampled_from(FIRST_WORDS),
)


def agrees_with_reading(platform: str, url: str, key: str) -> bool:
    found = identify(url, platform)
    return isinstance(found, Identity) and found.key == key and found.personal_form is None


@pytest.mark.parametrize(
    ("platform", "value"), VALUES, ids=lambda item: getattr(item, "key", "") or item.name
)
@given(text=TEXTS)
def test_canonical_means_that_reading_gives_the_key(platform, value, text: str) -> None:  # type: ignore[no-untyped-def]
    url, key = value.url.format(text), f"{platform.key}:{value.kind}:{text}"
    if is_canonical(platform.key, url, key):
        assert agrees_with_reading(platform.key, url, key)


@pytest.mark.parametrize(("platform", "value"), VALUES, ids=lambda item: getattr(item, "name", ""))
def test_no_page_of_a_platform_passes_for_an_account(platform, value) -> None:  # type: ignore[no-untyped-def]
    for word in FIRST_WORDS:
        url, key = value.url.format(word), f"{platform.key}:{value.kind}:{word}"
        if is_canonical(platform.key, url, key):
            assert agrees_with_reading(platform.key, url, key), url


@pytest.mark.parametrize(
    ("platform", "url", "key"),
    [
        ("facebook", "https://www.facebook.com/kemcontoh", "facebook:handle:kemcontoh"),
        ("facebook", "https://www.facebook.com/100064000000001", "facebook:id:100064000000001"),
        ("instagram", "https://www.instagram.com/kem_contoh/", "instagram:handle:kem_contoh"),
        ("x", "https://x.com/kem_contoh", "x:handle:kem_contoh"),
        ("tiktok", "https://www.tiktok.com/@kemcontoh", "tiktok:handle:kemcontoh"),
        ("youtube", "https://www.youtube.com/@kemcontoh", "youtube:handle:kemcontoh"),
    ],
)
def test_the_address_that_is_written_most_needs_no_reading(
    platform: str, url: str, key: str
) -> None:
    assert is_canonical(platform, url, key)


@pytest.mark.parametrize(
    ("platform", "url", "key"),
    [
        ("facebook", "https://www.facebook.com/lain", "facebook:handle:kemcontoh"),
        ("facebook", "https://www.facebook.com/KemContoh", "facebook:handle:kemcontoh"),
        ("x", "https://www.facebook.com/kemcontoh", "facebook:handle:kemcontoh"),
        ("facebook", "https://www.facebook.com/groups", "facebook:handle:groups"),
        ("linkedin", "https://www.linkedin.com/in/contoh/", "linkedin:handle:contoh"),
        ("facebook", "https://www.facebook.com/a/b", "facebook:handle:a/b"),
        ("facebook", "", ""),
    ],
)
def test_anything_else_is_left_to_reading(platform: str, url: str, key: str) -> None:
    assert not is_canonical(platform, url, key)
