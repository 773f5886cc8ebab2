"""What a person's file says of one event, as known on a day: the claims known by then, brought to one account.

Input to `custody.py`. Values that contradict each other stay visible as rivals.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from khronika.facts.claims import Claim, Penalty, Status
from khronika.text import edtf

V = TypeVar("V", bound=Hashable)


@dataclass(frozen=True, slots=True)
class ClaimOnFile:
    """A claim with the day from which it could be known (EDTF: publication, else capture) and its origin: the id of
    the document from which its document is a copy, or its own."""

    claim: Claim
    known_from: str | None
    origin: str


@dataclass(frozen=True, slots=True)
class EventOnFile:
    """One event in a person's file."""

    id: str
    type: str
    claims: tuple[ClaimOnFile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One event as its claims tell it. `date` EDTF, of the value with most origins; `rival_dates` cannot be true
    with it, each with its number of origins.

    `penalties`: all kinds claimed, each with the duration that has most origins. `known`: first day on which it could
    be known; `denied`: how many origins say that it did not happen; `words`: quotes, charges, penalties' details,
    folded, for "by half" and "in absentia". `documents`: where it is told.
    """

    id: str
    type: str
    subtype: str | None
    date: str | None
    rival_dates: tuple[tuple[str, int], ...]
    penalties: tuple[Penalty, ...]
    duration: str | None
    known: dt.date | None
    origins: int
    denied: int
    words: str
    documents: frozenset[str]


def account(event: EventOnFile, known: dt.date | None = None) -> Account | None:
    """The event as known on day `known` (None: with all that is known); None where nobody by then says it happened."""
    there = sorted((c for c in event.claims if known is None or _by(c, known)), key=lambda c: c.claim.id)
    told = [c for c in there if c.claim.status is Status.HAPPENED]
    if not told:
        return None
    best, rivals = _dates(told)
    days = [day for c in told if (day := _known(c))]
    return Account(
        id=event.id,
        type=event.type,
        subtype=_most(told, lambda c: c.subtype),
        date=best,
        rival_dates=rivals,
        penalties=_penalties(told),
        duration=_most(told, lambda c: c.duration),
        known=min(days, default=None),
        origins=len({c.origin for c in told}),
        denied=len({c.origin for c in there if c.claim.status is Status.DENIED}),
        words=" ".join(_words(c.claim) for c in told).casefold(),
        documents=frozenset(c.claim.document for c in told),
    )


def _known(claim: ClaimOnFile) -> dt.date | None:
    """The last day of the date from which the claim could be known: a story of "2021-04" is out on the 30th for sure."""
    return edtf.bounds(claim.known_from)[1] if claim.known_from else None


def _by(claim: ClaimOnFile, day: dt.date) -> bool:
    """Whether the claim could be known on the day; one whose document has no date at all never could."""
    known = _known(claim)
    return known is not None and known <= day


def _words(claim: Claim) -> str:
    """The claim's words that change what a penalty means."""
    return " ".join(filter(None, [claim.quote, claim.charge, *(p.detail for p in claim.penalties)]))


def _most(told: Sequence[ClaimOnFile], field: Callable[[Claim], V | None]) -> V | None:
    """The field's value with most origins; of equals the one known first, then the first in order of text."""
    origins: dict[V, set[str]] = defaultdict(set)
    first: dict[V, str] = {}
    for one in told:
        if (value := field(one.claim)) is not None:
            origins[value].add(one.origin)
            first[value] = min(first.get(value, "9999"), one.known_from or "9999")
    return min(origins, key=lambda v: (-len(origins[v]), first[v], str(v)), default=None)


def _dates(told: Sequence[ClaimOnFile]) -> tuple[str | None, tuple[tuple[str, int], ...]]:
    """The date that most origins support, as narrow as it is given, and those that have no day in common with it."""
    given = sorted({c.claim.date for c in told if c.claim.date and _is_edtf(c.claim.date)})
    if not given:
        return None, ()

    def support(value: str) -> int:
        return len({c.origin for c in told if c.claim.date in given and edtf.overlaps(str(c.claim.date), value)})

    best = given[0]
    for value in given[1:]:
        if support(value) > support(best) or (support(value) == support(best) and edtf.narrower(best, value) == value):
            best = value
    return best, tuple((v, support(v)) for v in given if not edtf.overlaps(v, best))


def _is_edtf(value: str) -> bool:
    """Whether a date can be used; a reader's slip must not stop a person's whole history."""
    try:
        edtf.validate(value)
    except ValueError:
        return False
    return True


def _penalties(told: Sequence[ClaimOnFile]) -> tuple[Penalty, ...]:
    """Each kind of penalty once, with the duration that most origins give."""
    kinds = sorted({p.kind for c in told for p in c.claim.penalties})

    def duration(kind: str) -> Callable[[Claim], str | None]:
        return lambda claim: next((p.duration for p in claim.penalties if p.kind == kind and p.duration), None)

    def detail(kind: str) -> Callable[[Claim], str | None]:
        return lambda claim: next((p.detail for p in claim.penalties if p.kind == kind and p.detail), None)

    return tuple(Penalty(k, duration=_most(told, duration(k)), detail=_most(told, detail(k))) for k in kinds)
