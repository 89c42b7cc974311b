"""Which accounts there are: as many of each kind as the seminar's table says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from inventory.vocabulary import AccountClass, OfficialStatus, OrganisationStatus
from tui.demo.cases import cases
from tui.demo.draws import drawn, weighted
from tui.demo.organisations import Body, bodies
from tui.demo.presences import FIRST_INTAKE, LAST_INTAKE, LATE_INTAKE, Presence, written


@dataclass(frozen=True, slots=True)
class Share:
    """How many accounts a platform has: of ministries and of agencies, by official status.

    `agencies_others` are accounts of third parties that nobody has decided on yet.
    """

    ministries_official: int
    ministries_unofficial: int
    agencies_official: int
    agencies_unofficial: int
    agencies_unknown: int = 0
    agencies_others: int = 0


SHARES = {
    # Official and unofficial as the Social Media Seminar of 2024 counted them. It gave no figure
    # for unofficial accounts of ministries, nor for those nobody has decided on; and its
    # "unofficial" may or may not hold third parties, so here all of them are run by agencies.
    "facebook": Share(22, 12, 48, 85, 4, 11),
    "instagram": Share(14, 13, 36, 76, 3, 9),
    "tiktok": Share(0, 17, 3, 64, 4, 8),
    # The rest is only there to be seen.
    "x": Share(21, 2, 26, 14, 1),
    "youtube": Share(19, 2, 22, 12, 1),
    "telegram": Share(9, 1, 12, 8),
    "whatsapp": Share(8, 1, 9, 3),
    "threads": Share(6, 2, 8, 7),
    "linkedin": Share(5, 0, 6, 1),
    "mastodon": Share(2, 0, 1, 0),
    "bluesky": Share(1, 0, 2, 0),
    "blog": Share(0, 1, 2, 3),
    "flickr": Share(1, 0, 1, 1),
    "github": Share(1, 0, 1, 0),
    "pinterest": Share(0, 0, 1, 1),
}

_SECOND_HANDLES = ("facebook", "instagram", "tiktok", "threads", "youtube", "telegram")
_COUNTED = ("facebook", "instagram", "tiktok")
_RUN_BY_US = {"corporate": 78, "programme": 8, "unknown": 9, "individual": 5}


def roster() -> list[Presence]:
    """Return every account of the demo, cases first."""
    known = list(cases())
    return known + [
        presence
        for platform, share in SHARES.items()
        for presence in _Platform(platform, [p for p in known if p.platform == platform]).fill(
            share
        )
    ]


class _Platform:
    """One platform while its accounts are handed out; cases count towards the numbers."""

    def __init__(self, name: str, known: Sequence[Presence]) -> None:
        self.name = name
        self.known = known
        # A renamed account bears another handle at first, and still is the body's own.
        self.taken = {case.written for case in known} | {
            written(name, case.body) for case in known if _is_own(case)
        }

    def fill(self, share: Share) -> Iterator[Presence]:
        living = [b for b in bodies() if b.status is OrganisationStatus.ACTIVE]
        ministries = self._shuffled(b for b in living if b.is_ministry)
        agencies = self._shuffled(b for b in living if not b.is_ministry)
        for among, status, wanted in (
            (ministries, OfficialStatus.OFFICIAL, share.ministries_official),
            (ministries, OfficialStatus.UNOFFICIAL, share.ministries_unofficial),
            (agencies, OfficialStatus.OFFICIAL, share.agencies_official),
            (agencies, OfficialStatus.UNOFFICIAL, share.agencies_unofficial),
            (agencies, OfficialStatus.UNKNOWN, share.agencies_unknown),
        ):
            yield from self._hand_out(among, status, wanted)
        for body in agencies[-share.agencies_others :] if share.agencies_others else ():
            yield self._presence(body, OfficialStatus.UNKNOWN, "kami")

    def _shuffled(self, chosen: Iterator[Body]) -> list[Body]:
        """Return the bodies in an order of chance; those with an official case come first."""
        first = {case.body.short for case in self.known if case.recognised}
        return sorted(
            chosen,
            key=lambda body: (body.short not in first, drawn(2**60, self.name, body.short)),
        )

    def _hand_out(
        self, among: Sequence[Body], status: OfficialStatus, wanted: int
    ) -> Iterator[Presence]:
        wanted -= self._counted_already(among, status)
        while wanted > 0:
            before = wanted
            for body in among:
                if not wanted:
                    break
                presence = self._next(body, status)
                if presence is not None:
                    wanted -= 1
                    yield presence
            if wanted == before:
                raise ValueError(f"{self.name}: {wanted} {status} accounts find no handle")

    def _counted_already(self, among: Sequence[Body], status: OfficialStatus) -> int:
        """Count the cases: of ministries only the main accounts, as ministries are counted once."""
        if status is OfficialStatus.UNKNOWN:
            return 0
        by_ministry = status is OfficialStatus.OFFICIAL and among[0].is_ministry
        counted = {body.short for body in among}
        return sum(
            case.status is status
            and case.body.short in counted
            and (not by_ministry or _is_own(case))
            for case in self.known
        )

    def _next(self, body: Body, status: OfficialStatus) -> Presence | None:
        """Return one more account of the body here, None when it has all it can have."""
        has_own = written(self.name, body) in self.taken
        prefix = "kami" if self._by_others(body, status) else "jom" if has_own else ""
        if prefix and (self.name not in _SECOND_HANDLES or status is not OfficialStatus.UNOFFICIAL):
            return None
        if written(self.name, body, prefix) in self.taken:
            return None
        return self._presence(body, status, prefix)

    def _by_others(self, body: Body, status: OfficialStatus) -> bool:
        if status is not OfficialStatus.UNOFFICIAL or self.name not in _SECOND_HANDLES:
            return False
        if self.name in _COUNTED and not body.is_ministry:
            return False
        return drawn(100, "others", self.name, body.short) < 45

    def _presence(self, body: Body, status: OfficialStatus, prefix: str) -> Presence:
        words = (self.name, body.short, status.value)
        handle = written(self.name, body, prefix)
        self.taken.add(handle)
        return Presence(
            body=body,
            platform=self.name,
            written=handle,
            status=status,
            account_class=self._class(prefix, status, words),
            intake=_intake(status, words),
        )

    def _class(self, prefix: str, status: OfficialStatus, words: Sequence[str]) -> AccountClass:
        if prefix == "kami":
            return AccountClass.THIRD_PARTY
        if prefix == "jom":
            return AccountClass.PROGRAMME
        if status is OfficialStatus.OFFICIAL:
            return AccountClass.CORPORATE
        if status is OfficialStatus.UNKNOWN:
            return AccountClass.UNKNOWN
        return AccountClass(weighted(_RUN_BY_US, "class", *words))


def _is_own(case: Presence) -> bool:
    return case.account_class is AccountClass.CORPORATE


def _intake(status: OfficialStatus, words: Sequence[str]) -> int:
    place = drawn(100, "intake", *words)
    if status is OfficialStatus.OFFICIAL:
        return LATE_INTAKE if place < 2 else FIRST_INTAKE
    return LAST_INTAKE if place < 6 else LATE_INTAKE if place < 12 else FIRST_INTAKE
