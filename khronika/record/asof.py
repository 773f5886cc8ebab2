"""An event as the record could know it on an earlier day: the claims linked as now, of them those told by then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from khronika.facts.claims import Claim, amended
from khronika.facts.events import Event, Place
from khronika.facts.reconcile import reconcile
from khronika.record.onfile import ClaimOnFile, EventOnFile, known_by, last_words
from khronika.record.rows import event_from_row, event_to_row
from khronika.text import edtf
from khronika.text.fold import fold


def event_as_known(event: Event, told: EventOnFile, known: dt.date | None) -> Event | None:
    """The event with the values that its claims gave by the day `known` (None: as it is); None where none was told, or
    none of the person whose file it is on.

    Who is who is taken from now: linking is never undone for a question. Who was not named by then is left out.
    """
    if known is None:
        return event
    there = known_by(told, known)
    if not there or (told.named is not None and not any(c.claim.id in told.named for c in there)):
        return None
    found = reconcile([usable(c.claim) for c in there], {c.claim.id: c.origin for c in there}, last_words(there))
    by_then = {c.claim.id for c in there}
    late = {who for who, ids in event.named if by_then.isdisjoint(ids)}
    known_event = replace(
        event,
        claims=tuple(c.claim.id for c in there),
        targets=tuple(who for who in event.targets if who not in late),
        actors=tuple(who for who in event.actors if who not in late),
        status=found.status,
        subtype=found.subtype,
        date=found.date,
        place=_place(event, found.place),
        count=found.count,
        penalties=found.penalties,
        charge=found.charge,
        origins=found.origins,
        conflicts=found.conflicts,
    )
    return event_from_row(event_to_row(known_event))  # rival values as every other event has them


def usable(claim: Claim) -> Claim:
    """The claim without a date that is none: a reader's slip must not stop an answer about everyone."""
    try:
        return amended(claim, date=edtf.validate(claim.date)) if claim.date else claim
    except ValueError:
        return amended(claim, date=None)


def _place(event: Event, chain: tuple[str, ...]) -> Place | None:
    """The place that is told, with what the event knows of it where it is the same."""
    if not chain:
        return None
    same = event.place and fold(event.place.name) == fold(chain[0])
    return event.place if same else Place(chain[0], event.place.country if event.place else None)


def known_days(told: Iterable[ClaimOnFile]) -> list[dt.date]:
    """The days on which the claims became known, in order; claims of documents without any date have none."""
    days = (edtf.bounds(c.known_from)[1] for c in told if c.known_from)
    return sorted(day for day in days if day)
