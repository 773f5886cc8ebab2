"""What a person's file says of one event, as known on a day: the claims known by then, brought to one account.

Input to `custody.py`. Values that contradict each other stay visible as rivals.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from khronika.facts.anew import is_anew
from khronika.facts.claims import Claim, Penalty, Status, amended
from khronika.facts.reconcile import reconcile
from khronika.text import edtf


@dataclass(frozen=True, slots=True)
class ClaimOnFile:
    """A claim with the day from which it could be known (EDTF: publication, else capture) and its origin: the outlet
    whose report it is, or the id of a document that names none. `own`: the outlet's own words, no copy of them."""

    claim: Claim
    known_from: str | None
    origin: str
    own: bool = True


@dataclass(frozen=True, slots=True)
class EventOnFile:
    """One event in a person's file. `named`: ids of the claims that name the person; None: all do, or whose file it
    is does not matter."""

    id: str
    type: str
    claims: tuple[ClaimOnFile, ...]
    named: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One event as its claims tell it. `date` EDTF, of the value with most origins; `rival_dates` cannot be true
    with it, each with its number of origins.

    `penalties`: all kinds claimed, each with the duration that has most origins. `known`: first day on which it could
    be known; `denied`: how many origins say that it did not happen; `words`: quotes, charges, penalties' details,
    folded, for "by half" and "in absentia". `documents`: where it is told. `anew`: told as happening once more.
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
    anew: bool = False


def account(event: EventOnFile, known: dt.date | None = None) -> Account | None:
    """The event as known on day `known` (None: with all that is known); None where nobody by then says that it happened
    to this person: that eleven were detained says nothing yet of one who is named among them a year later."""
    there = known_by(event, known)
    told = [c for c in there if c.claim.status is Status.HAPPENED]
    naming = [c for c in told if event.named is None or c.claim.id in event.named]
    if not naming:
        return None
    days = [day for c in naming if (day := _known(c))]
    found = reconcile([_usable(c.claim) for c in told], {c.claim.id: c.origin for c in told}, last_words(told))
    rivals = [pair for conflict in found.conflicts if conflict.field == "date" for pair in conflict.values]
    origin = {c.claim.id: c.origin for c in told}
    return Account(
        id=event.id,
        type=event.type,
        subtype=found.subtype,
        date=found.date,
        rival_dates=tuple(
            (str(value), len({origin.get(i, i) for i in ids}))
            for value, ids in rivals
            if found.date and not edtf.overlaps(str(value), found.date)
        ),
        penalties=found.penalties,
        duration=_duration(told),
        known=min(days, default=None),
        origins=found.origins,
        denied=len({c.origin for c in there if c.claim.status is Status.DENIED}),
        words=" ".join(_words(c.claim) for c in told).casefold(),
        documents=frozenset(c.claim.document for c in told),
        anew=any(is_anew(c.claim) for c in told),
    )


def last_words(told: Sequence[ClaimOnFile]) -> dict[str, str]:
    """Claim id → the day on which its origin told it in its own words (see `reconcile`)."""
    return {c.claim.id: c.known_from for c in told if c.own and c.known_from}


def known_by(event: EventOnFile, known: dt.date | None) -> list[ClaimOnFile]:
    """The claims that could be known on the day (None: all), in order of id."""
    return sorted((c for c in event.claims if known is None or _by(c, known)), key=lambda c: c.claim.id)


def _usable(claim: Claim) -> Claim:
    """The claim without a date that is none: a reader's slip must not stop a person's whole history."""
    try:
        return amended(claim, date=edtf.validate(claim.date)) if claim.date else claim
    except ValueError:
        return amended(claim, date=None)


def _duration(told: Sequence[ClaimOnFile]) -> str | None:
    """The stated time in custody that most origins give."""
    origins: dict[str, set[str]] = defaultdict(set)
    for one in told:
        if one.claim.duration:
            origins[one.claim.duration].add(one.origin)
    return min(origins, key=lambda v: (-len(origins[v]), v), default=None)


def _known(claim: ClaimOnFile) -> dt.date | None:
    """The last day of the date from which the claim could be known: a story of "2021-04" is out by the 30th."""
    return edtf.bounds(claim.known_from)[1] if claim.known_from else None


def _by(claim: ClaimOnFile, day: dt.date) -> bool:
    """Whether the claim could be known on the day; one whose document has no date at all never could."""
    known = _known(claim)
    return known is not None and known <= day


def _words(claim: Claim) -> str:
    """The claim's words that change what a penalty means."""
    return " ".join(filter(None, [claim.quote, claim.charge, *(p.detail for p in claim.penalties)]))
