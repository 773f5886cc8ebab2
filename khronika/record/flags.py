"""What cannot be as it is told: kept like any claim, and flagged with its reason, so that a person looks at it.

A claim by itself: told as past on a day after its own report; dates that end before they begin, or are none; a term of
no length. A person's file as a whole: a release before any custody that the record tells; something done to one who by
then was dead. Nothing is corrected by a flag, and none changes custody.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from khronika.facts.claims import Claim, Status
from khronika.facts.events import Interval
from khronika.record.onfile import ClaimOnFile, EventOnFile
from khronika.text import edtf

_NO_TIME = re.compile(r"P(?=.)(?:0{1,6}[YMWD])*(?:T(?:0{1,6}[HMS])*)?", re.ASCII)
_BODILY = frozenset(
    {"detention", "internment", "disappearance", "transfer", "release", "custody_protest", "ill_treatment", "movement",
     "death"}
)  # fmt: skip
"""Kinds that nobody can undergo who is dead; a court may try and acquit the dead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """Something in the record that cannot be as told. `event` id; `person` id where it is about one person's file;
    `kind`: "after report", "ends before it begins", "no date", "no time", "release first" or "after death"; `reason` in
    words; `claims`: ids of those that say so."""

    event: str
    kind: str
    reason: str
    claims: tuple[str, ...]
    person: str | None = None


def flags_of(event: EventOnFile) -> tuple[Flag, ...]:
    """What is wrong with the event's claims by themselves, each reason once."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in sorted(event.claims, key=lambda c: c.claim.id):
        for kind, reason in _wrong(one):
            found.setdefault((kind, reason), []).append(one.claim.id)
    return tuple(Flag(event=event.id, kind=k, reason=r, claims=tuple(ids)) for (k, r), ids in found.items())


def flags_on(person: str, file: Sequence[EventOnFile], custody: Sequence[Interval]) -> tuple[Flag, ...]:
    """What is wrong with the person's file as a whole. `custody`: its intervals, with all that is known."""
    return (*_released_first(person, file, custody), *_after_death(person, file))


def _wrong(one: ClaimOnFile) -> Iterator[tuple[str, str]]:
    """Kind and reason of what is wrong with one claim."""
    claim = one.claim
    if claim.date:
        try:
            edtf.validate(claim.date)
        except ValueError as bad:
            reversed_ = "before it starts" in str(bad)
            yield ("ends before it begins", f"told of {claim.date}, which ends before it begins") if reversed_ else (
                "no date", f"told of {claim.date!r}, which is no date")  # fmt: skip
        else:
            yield from _too_late(claim, one.known_from)
    terms = [("sentence", p.duration) for p in claim.penalties] + [("time in custody", claim.duration)]
    for what, term in terms:
        if term and _NO_TIME.fullmatch(term):
            yield "no time", f"a {what} of no length ({term})"


def _too_late(claim: Claim, known_from: str | None) -> Iterator[tuple[str, str]]:
    """Told as past, on a day after the report."""
    first = edtf.bounds(claim.date or "")[0]
    known = edtf.bounds(known_from)[1] if known_from else None
    if claim.status is Status.HAPPENED and first and known and first > known:
        yield "after report", f"told as past of {claim.date}, in a report of {known_from}"


def _released_first(person: str, file: Sequence[EventOnFile], custody: Sequence[Interval]) -> Iterator[Flag]:
    """A release, the first thing that the record knows of the person's custody."""
    main = sorted((i for i in custody if not i.rival), key=lambda i: i.start or "")
    if not main or main[0].state != "free" or not main[0].because:
        return
    event = next((e for e in file if e.id == main[0].because[0] and e.type == "release"), None)
    if event is not None:
        reason = f"released on {main[0].start}, and no custody before that is told"
        yield Flag(event=event.id, kind="release first", reason=reason, claims=_happened(event), person=person)


def _after_death(person: str, file: Sequence[EventOnFile]) -> Iterator[Flag]:
    """What happened to the person wholly after the first death that is told."""
    deaths = [(day, e) for e in file if e.type == "death" and (day := _days(e)[1])]
    if not deaths:
        return
    died, death = min(deaths, key=lambda pair: (pair[0], pair[1].id))
    for event in sorted(file, key=lambda e: e.id):
        first = _days(event)[0]
        if event.type in _BODILY and event.id != death.id and first and first > died:
            reason = f"told of {first}, after the death on {died}"
            yield Flag(event=event.id, kind="after death", reason=reason, claims=_happened(event), person=person)


def _happened(event: EventOnFile) -> tuple[str, ...]:
    """Ids of the claims that say that it happened."""
    return tuple(sorted(c.claim.id for c in event.claims if c.claim.status is Status.HAPPENED))


def _days(event: EventOnFile) -> tuple[dt.date | None, dt.date | None]:
    """The first and last day that all dated claims of the event's happening allow; None where they give none."""
    bounds = [edtf.bounds(c.claim.date) for c in event.claims if c.claim.status is Status.HAPPENED and _valid(c.claim)]
    first = [a for a, _ in bounds if a]
    last = [b for _, b in bounds if b]
    return min(first, default=None), max(last, default=None)


def _valid(claim: Claim) -> bool:
    """Whether the claim has a date that is one."""
    try:
        return bool(claim.date and edtf.validate(claim.date))
    except ValueError:
        return False


def in_order(flags: Iterable[Flag]) -> list[Flag]:
    """By event, person, kind and reason: the same for any order of input."""
    return sorted(flags, key=lambda f: (f.event, f.person or "", f.kind, f.reason))
