"""Signs in a name or handle that an account bears a person's name. They ask, they never convict.

The signs are those of Malaysian formal names: forms of address, titles, names after a father. A
word for an organisation explains most of them ("Universiti Tun …", "Hospital Tunku …"), a word for
an office others ("Datuk Bandar" is a mayor). Plain names carry no sign and are not found here.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

_STYLES = (
    r"y\.?a\.?b|y\.?bhg|y\.?a\.?m|y\.?t\.?m|y\.?a\.?a|y\.?b|y\.?m|yang berhormat|yang berbahagia"
)
_TITLES = (
    r"tan sri|puan sri|toh puan|datuk seri|dato['’]? ?(?:sri|seri)|datin(?: paduka| seri)?|datuk"
    r"|dato['’]?|tun|pehin|tunku|tengku|ungku|megat|hajah|hjh|haji|hj|dr|prof(?:esor)?(?: madya)?"
    r"|ir|ts|syed|sharifah"
)
_FATHERS = r"bin|binti|bte|bt|a/l|a/p|s/o|d/o|anak lelaki|anak perempuan"
_ROLES = (
    r"datuk bandar|yang di-?pertua|menteri besar|ketua menteri|timbalan menteri|menteri"
    r"|deputy minister|minister|ketua setiausaha|secretary[- ]general|ksu|ketua pengarah"
    r"|director[- ]general|pengarah|director|ketua pegawai eksekutif|chief executive|ceo|kp|dg"
    r"|exco|setiausaha kerajaan|mayor|premier"
)
_ORGANISATIONS = (
    r"universiti|university|hospital|institut|institute|kolej|college|politeknik|sekolah|school"
    r"|smk|sk|sjk|masjid|mosque|perpustakaan|library|muzium|museum|yayasan|foundation|jabatan"
    r"|department|kementerian|ministry|majlis|council|lembaga|board|perbadanan|corporation"
    r"|suruhanjaya|commission|pusat|cent(?:er|re)|klinik|clinic|kompleks|complex|stadium"
    r"|lapangan terbang|airport|terminal|taman|park|exchange|store|polis|police|pejabat|office"
    r"|bahagian|division|agensi|agency|perbendaharaan|unit|mahkamah|court|kem|akademi|academy"
    r"|dewan|balai|pelabuhan|port|jambatan|lebuhraya|jalan|kampung|empangan|sdn bhd|berhad"
)
_WORD = r"(?<![\w.'’/])(?:{})(?![\w'’/])"
_STYLE, _TITLE, _FATHER, _ROLE, _ORGANISATION = (
    re.compile(_WORD.format(words), re.IGNORECASE)
    for words in (_STYLES, _TITLES, _FATHERS, _ROLES, _ORGANISATIONS)
)
_ANY_SIGN = re.compile(_WORD.format(f"{_STYLES}|{_TITLES}|{_FATHERS}"), re.IGNORECASE)
# In a handle words run together; only what can hardly be anything else is taken for a sign.
_HANDLE_STYLE = re.compile(r"^(?:yab|ybhg|yb)(?=[._-]|[A-Z][a-z]|h?[a-z]{8,}$)")
_HANDLE_TITLE = re.compile(
    r"^(?:tansri|datukseri|datoseri|datosri|datuk|dato|tun(?=[._-])|tengku|tunku|dr(?=[._-]|[A-Z]))"
    r"(?=.*[a-z]{3})"
)
_FIRST_OF_SIGNS = frozenset("dtyDTY")  # as every style and title in a handle begins
_HANDLE_FATHER = re.compile(r"[a-z][._-](?:bin|binti|bt)[._-][a-z]", re.IGNORECASE)
_HANDLE_PARTS = re.compile(r"[._-]+|(?<=[a-z])(?=[A-Z])|\d+")
_HANDLE_ORGANISATION = re.compile(rf"(?:{_ORGANISATIONS})", re.IGNORECASE)
_NEVER_A_STYLE = re.compile(r"^yb[a]?[._-]?(?:store|shop|online)", re.IGNORECASE)

SIGNS = ("style", "honorific", "patronymic", "personal_form")


@dataclass(frozen=True, slots=True)
class NameEvidence:
    """The classes of evidence in a name: three for a person, one for an office, one against."""

    style: bool = False
    honorific: bool = False
    patronymic: bool = False
    role: bool = False
    organisation: bool = False

    @property
    def signs(self) -> tuple[str, ...]:
        """The signs of a person that nothing explains away, in the order of `SIGNS`."""
        if self.organisation:
            return ()
        held = (self.style, self.honorific, self.patronymic)
        return tuple(sign for sign, found in zip(SIGNS, held, strict=False) if found)


def name_evidence(display_name: str | None, handle: str) -> NameEvidence:
    """Return the classes of evidence in a display name and a handle."""
    name = " ".join((display_name or "").split())
    # A title that is part of an office is the office's: a mayor is no Datuk.
    rest = _ROLE.sub(" ", name)
    words = " ".join(part for part in _HANDLE_PARTS.split(handle) if part)
    return NameEvidence(
        style=bool(_STYLE.search(rest)) or _handle_style(handle),
        honorific=bool(_TITLE.search(rest)) or bool(_HANDLE_TITLE.match(_lead_lower(handle))),
        patronymic=bool(_FATHER.search(rest)) or bool(_HANDLE_FATHER.search(handle)),
        role=bool(_ROLE.search(name)) or bool(_ROLE.search(words)),
        organisation=bool(_ORGANISATION.search(rest))
        or bool(_ORGANISATION.search(words))
        or _names_organisation(handle),
    )


def signs_in(display_name: str | None, handle: str) -> tuple[str, ...]:
    """Return the signs of `name_evidence()`; most names hold none, and are done with at once."""
    if _name_has_sign(display_name or "") or _handle_has_sign(handle):
        return name_evidence(display_name, handle).signs
    return ()


@lru_cache(maxsize=10_000)
def _name_has_sign(display_name: str) -> bool:
    # One organisation shows the same name on every platform.
    return _ANY_SIGN.search(" ".join(display_name.split())) is not None


def _handle_has_sign(handle: str) -> bool:
    if handle[:1] in _FIRST_OF_SIGNS:
        lead = _lead_lower(handle)
        if _HANDLE_STYLE.match(lead) or _HANDLE_TITLE.match(lead):
            return True
    return not handle.isalnum() and _HANDLE_FATHER.search(handle) is not None


def _handle_style(handle: str) -> bool:
    return bool(_HANDLE_STYLE.match(_lead_lower(handle))) and not _NEVER_A_STYLE.match(handle)


def _names_organisation(handle: str) -> bool:
    # Long words only: in a run of letters the short ones turn up by chance.
    found = _HANDLE_ORGANISATION.findall(handle)
    return any(len(word) > 4 for word in found)


def _lead_lower(handle: str) -> str:
    """Return the handle with the capitals that open it lowered, those within left standing."""
    lead = re.match(r"[A-Z]+(?![a-z])|[A-Z]", handle)
    return handle if lead is None else lead[0].lower() + handle[lead.end() :]
