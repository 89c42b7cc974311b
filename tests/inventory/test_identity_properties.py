"""What holds for every account of every platform: accounts are made from the table itself."""

from urllib.parse import quote, unquote

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from inventory.identity import Identity, Impossible, NotAnAccount, identify, split_addresses
from inventory.identity_forms import Form, form_from
from inventory.identity_grammar import Value
from inventory.platforms import Platform, check, default_table, platforms

FEW = settings(max_examples=25, deadline=None)

NOISE = ["", "?utm_source=x&fbclid=IwAR0", "#", "#bahagian-2", "?igsh=MzRl&ref=share"]


def _account_forms() -> list[tuple[Platform, Form]]:
    pairs = [(p, form_from(line)) for p in platforms().values() for line in p.lines]
    return [(p, f) for p, f in pairs if f.what is None and not f.opens and len(f.captures) == 1]


ACCOUNT_FORMS = _account_forms()
FORM_IDS = [f"{platform.key} {form.host}{form.template}" for platform, form in ACCOUNT_FORMS]


LETTERS = {
    "letters": "abcdefghijklmnopqrstuvwxyz",
    "any letters": "abcdefghijklmnopqrstuvwxyzéüøசமб范例",
    "digits": "0123456789",
}


def _texts(value: Value, least: int = 0) -> st.SearchStrategy[str]:
    """Names or ids that this value of a platform allows, in canonical letters."""
    if value.federated:
        names = st.from_regex(r"[a-z0-9_]{1,12}", fullmatch=True)
        return names.map(lambda name: f"{name}@sosial.contoh.my")
    if value.shape:
        made = st.from_regex(value.shape.removeprefix("(?=.{3,253}\\Z)"), fullmatch=True)
    else:
        letters = "".join(LETTERS.get(part, part) for part in value.allow if part != "/")
        letters = "".join(c for c in letters if c not in value.ignore)
        least = max(least, value.least)
        made = st.text(letters, min_size=least, max_size=min(value.most, least + 12))
    return made.filter(lambda text: value.accepts(value.fold(text)) and value.fold(text) == text)


def _rivals(platform: Platform, form: Form) -> list[Value]:
    """The values that other forms of the same shape would find first."""
    name = form.captures[0]
    shape = (form.host + form.template).replace(f"{{{name}}}", "{}")
    found = []
    for other in map(form_from, platform.lines):
        if other == form:
            break
        if not other.opens and len(other.captures) == 1 and other.captures[0] != name:
            same = (other.host + other.template).replace(f"{{{other.captures[0]}}}", "{}")
            if same.removesuffix("/**") == shape.removesuffix("/**"):
                found.append(platform.values[other.captures[0]])
    return found


def _address(platform: Platform, form: Form, text: str) -> str:
    name = form.captures[0]
    host = form.host or (platform.hosts[0] if platform.hosts else "")
    written = f"{host}{form.template}".replace("/**", "").replace(f"{{{name}*}}", f"{{{name}}}")
    for hole in (f"{{{name}}}", f"{{{name}:9}}", f"{{{name}:5}}"):
        written = written.replace(hole, quote(text, safe="/@:"))
    written = written.replace("*", "Nama")
    return written if "://" in written else f"https://{written}"


def _usable(platform: Platform, form: Form, text: str) -> bool:
    value = platform.values[form.captures[0]]
    folded = value.fold(text)
    words = set().union(
        *(form_from(line).template.strip("/").split("/") for line in platform.lines)
    )
    return (
        not (value.reserved and text.lower() in platform.reserved)
        and folded not in words
        and not (form.sub_domain and (folded in (platform.neutral or ()) or "." in folded))
        and not any(rival.accepts(rival.fold(text)) for rival in _rivals(platform, form))
        and not (value.name == "handle" and text.startswith("@"))
        and not ("*" in form.template and text.startswith("-"))
    )


@pytest.mark.parametrize(("platform", "form"), ACCOUNT_FORMS, ids=FORM_IDS)
@FEW
@given(data=st.data())
def test_every_form_gives_the_key_of_its_account(
    platform: Platform, form: Form, data: st.DataObject
) -> None:
    value = platform.values[form.captures[0]]
    least = 9 if ":9" in form.template else 5 if ":5" in form.template else 0
    text = data.draw(_texts(value, least))
    assume(_usable(platform, form, text))
    found = identify(_address(platform, form, text))
    assert isinstance(found, Identity), (found, text)
    assert found.key == f"{platform.key}:{value.kind}:{value.key_value(text)}"
    assert unquote(found.url) == unquote(value.address(text))
    again = identify(found.url)
    assert isinstance(again, Identity)
    assert (again.key, again.url) == (found.key, found.url)


CANONICAL = [
    (p, v) for p in platforms().values() for v in p.values.values() if v.url and v.kind != "invite"
]


@pytest.mark.parametrize(
    ("platform", "value"), CANONICAL, ids=[f"{p.key} {v.name}" for p, v in CANONICAL]
)
@FEW
@given(data=st.data())
def test_a_canonical_address_is_its_own_and_noise_does_not_split_it(
    platform: Platform, value: Value, data: st.DataObject
) -> None:
    text = data.draw(_texts(value))
    found = identify(value.address(text))
    assume(isinstance(found, Identity) and found.value == value.key_value(text))
    assert isinstance(found, Identity)
    assert found.url == value.address(text)
    scheme, _, rest = found.url.partition("://")
    host, slash, path = rest.partition("/")
    noisy = data.draw(st.sampled_from(NOISE))
    noisy = noisy.replace("?", "&") if "?" in path else noisy
    written = f"{scheme.upper()}://{host.upper()}:443{slash}{path}{noisy}"
    again = identify(data.draw(st.sampled_from([written, f" “{written}” ", f"<{written}>"])))
    assert isinstance(again, Identity)
    assert (again.key, again.url) == (found.key, found.url)


@pytest.mark.parametrize(
    ("platform", "value"), CANONICAL, ids=[f"{p.key} {v.name}" for p, v in CANONICAL]
)
@FEW
@given(data=st.data())
def test_two_accounts_never_share_a_key(
    platform: Platform, value: Value, data: st.DataObject
) -> None:
    one, other = data.draw(_texts(value)), data.draw(_texts(value))
    assume(value.fold(one) != value.fold(other))
    first, second = identify(value.address(one)), identify(value.address(other))
    if isinstance(first, Identity) and isinstance(second, Identity):
        assert first.key != second.key


@FEW
@given(st.text(max_size=60), st.sampled_from(["", *platforms()]))
def test_any_text_gets_an_answer_and_an_account_keeps_its_key(text: str, platform: str) -> None:
    found = identify(text, platform or None)
    if isinstance(found, Identity):
        again = identify(found.url, "website" if found.platform == "website" else None)
        assert isinstance(again, Identity)
        assert (again.key, again.url) == (found.key, found.url)
    elif isinstance(found, Impossible):
        assert found.rule
        assert found.remedy
    else:
        assert isinstance(found, NotAnAccount)


PIECES = st.text(alphabet='abcXYZ019/@.:?#&=%-_ \u00a0é\\+,;!("', max_size=24)


@FEW
@given(st.sampled_from(sorted({h for p in platforms().values() for h in p.hosts})), PIECES)
def test_any_path_on_a_known_host_gets_an_answer_that_stays(host: str, path: str) -> None:
    found = identify(f"https://{host}/{path}")
    if isinstance(found, Identity):
        again = identify(found.url, "website" if found.platform == "website" else None)
        assert isinstance(again, Identity)
        assert (again.key, again.url) == (found.key, found.url)


@FEW
@given(st.sampled_from("aA/@.:?#&=%-_ ({[\"'\\,;é"), st.sampled_from(["", "https://x.com/", "@"]))
def test_long_texts_are_answered_and_longer_ones_refused(character: str, start: str) -> None:
    identify(start + character * (4096 - len(start)), "facebook")
    found = identify(start + character * 1_000_000)
    assert isinstance(found, Impossible)
    assert "4096" in found.rule


@FEW
@given(
    st.lists(
        st.from_regex(r"(https://x\.com/|www\.facebook\.com/|@)[a-z]{5,9}", fullmatch=True),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from(["\n", "; ", ", ", " | ", " dan ", " and ", " ", "\r\n", " / "]),
)
def test_joined_addresses_come_apart_again(addresses: list[str], separator: str) -> None:
    assert list(split_addresses(separator.join(addresses))) == addresses


def test_the_table_has_no_form_that_cannot_be_used() -> None:
    check(default_table())
