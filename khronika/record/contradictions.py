"""Where accounts contradict each other, and what cannot be as told: all of it, the worst first.

What hangs on it decides first (`RANKS`): whether someone was held, freed or dead at all; then since when and for how
long; what cannot be as told; whether something else happened; the charge; a number; the rest (place, kind). Among
those of one rank, the more independent origins the weaker side has, the worse: two against two weigh more than one
against five. Then the stronger side's origins, then the later day first, undated last, then the id: the order is the
same for any order of arrival.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from khronika.facts.claims import Claim
from khronika.facts.documents import Document
from khronika.facts.events import Event
from khronika.record import bulk
from khronika.record.case import worth
from khronika.record.flags import Flag
from khronika.record.held import CUSTODY_KINDS
from khronika.record.onfile import ClaimOnFile
from khronika.record.rows import event_from_row, flag_from_row, load
from khronika.record.sentences import Sentence, sentences
from khronika.text import edtf

RANKS = ("held", "term", "impossible", "event", "charge", "figure", "detail")
"""What hangs on a contradiction, the worst first.

held: whether there was an arrest, a disappearance, a sentence, a release, a death at all. term: its day, or the
penalty. impossible: what cannot be as told (`flags.py`). event: whether anything else happened. charge: what for.
figure: how many. detail: where, of which kind, the day of anything else.
"""

_FIELDS = {"penalties": "term", "charge": "charge", "count": "figure", "figure": "figure"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One account: the `value` that it gives (as JSON has it; None for what cannot be as told), by how many independent
    `origins`, in which words."""

    value: Any
    origins: int
    sentences: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """One point on which accounts of one event differ, or one thing that cannot be as told.

    `kind`: one of `RANKS`; `event` id, its `type` and `date` (EDTF); `field`: what differs ("status", "date",
    "penalties", …), of what is impossible the flag's kind; `people`: id and name of those it concerns; `sides`: the
    best supported first; `reason`: of what is impossible, why.
    """

    kind: str
    event: str
    type: str
    field: str
    date: str | None = None
    people: tuple[tuple[str, str], ...] = ()
    sides: tuple[Side, ...] = ()
    reason: str | None = None


def contradictions(
    alias: str, person: str | None = None, kind: str | None = None, worst: int | None = None
) -> list[Contradiction]:
    """All of the record's contradictions in order; only those about the `person` (id), of one `kind`, the `worst` so
    many. Words are read of those that are given, not of all: time grows with what is asked for."""
    events, flags = _with_conflicts(alias, person), _flags(alias, person)
    found = [*of_events(events.values(), bulk.origins(alias, _conflicting(events.values())))]
    found += _impossible(flags, bulk.events(alias, (f.event for f in flags)), alias)
    chosen = in_order(c for c in found if kind is None or c.kind == kind)
    return with_words(alias, chosen if worst is None else chosen[:worst])


def of_events(events: Iterable[Event], origins: Mapping[str, str]) -> Iterator[Contradiction]:
    """The contradictions within the events, without words and names. `origins`: claim id → origin it counts for."""
    for event in events:
        for conflict in event.conflicts:
            sides = [
                Side(value=value, origins=len({origins.get(i, i) for i in ids}), sentences=_ids(event.id, ids))
                for value, ids in conflict.values
            ]
            yield Contradiction(
                kind=kind_of(event.type, conflict.field),
                event=event.id,
                type=event.type,
                field=conflict.field,
                date=event.date,
                people=tuple((who, who) for who in event.targets),
                sides=tuple(sorted(sides, key=lambda s: -s.origins)),
            )


def kind_of(type: str, field: str) -> str:
    """What hangs on rival values of the field of an event of the type: one of `RANKS`."""
    if field == "status":
        return "held" if type in CUSTODY_KINDS and type not in _NOT_CUSTODY else "event"
    if field == "date":
        return "term" if type in CUSTODY_KINDS and type not in _NOT_CUSTODY else "detail"
    return _FIELDS.get(field, "detail")


_NOT_CUSTODY = frozenset({"custody_protest", "ill_treatment"})
"""Kinds that only show that someone is held."""


def in_order(found: Iterable[Contradiction]) -> list[Contradiction]:
    """The worst first, as the head of this module says."""
    return sorted(found, key=_order)


def _order(one: Contradiction) -> tuple[Any, ...]:
    """By rank, the weaker side's origins, the stronger side's, the later day, then what it is."""
    by_size = sorted((side.origins for side in one.sides), reverse=True)
    weaker, stronger = (by_size[1] if len(by_size) > 1 else 0), (by_size[0] if by_size else 0)
    return RANKS.index(one.kind), -weaker, -stronger, _later(one.date), one.event, one.field, one.reason or ""


def _later(date: str | None) -> int:
    """A key that puts later days first and undated last."""
    try:
        last = edtf.bounds(date)[1] or edtf.bounds(date)[0] if date else None
    except ValueError:
        last = None
    return -last.toordinal() if last else 1


# --- from rows


def _with_conflicts(alias: str, person: str | None) -> dict[str, Event]:
    """The events, or those of one person, of which accounts differ."""
    from khronika.record import models

    found = models.Event.objects.using(alias).filter(body__contains='"conflicts":[[')
    if person is not None:
        return {k: e for k, e in bulk.events(alias, bulk.events_naming(alias, [person])[person]).items() if e.conflicts}
    return {key: event_from_row(load(body)) for key, body in found.order_by("key").values_list("key", "body")}


def _conflicting(events: Iterable[Event]) -> Iterator[str]:
    """Ids of the claims on any side."""
    return (i for event in events for conflict in event.conflicts for _, ids in conflict.values for i in ids)


def _flags(alias: str, person: str | None) -> list[Flag]:
    """The flags of the record, or those on one person's file."""
    from khronika.record import models

    found = models.Flag.objects.using(alias).order_by("a", "b", "body")
    if person is None:
        return [flag_from_row(load(body)) for body in found.values_list("body", flat=True)]
    mine = bulk.events_naming(alias, [person])[person]
    return [
        flag_from_row(load(body))
        for some in bulk.portions(mine)
        for body in found.filter(a__in=some, b__in=("", person)).values_list("body", flat=True)
    ]


def _impossible(flags: Sequence[Flag], events: Mapping[str, Event], alias: str) -> Iterator[Contradiction]:
    """Flags as contradictions of a claim with itself or with the rest of the file."""
    origins = bulk.origins(alias, (i for flag in flags for i in flag.claims))
    for flag in flags:
        event = events.get(flag.event)
        if event is None:
            continue
        told = Side(
            value=None, origins=len({origins.get(i, i) for i in flag.claims}), sentences=_ids(event.id, flag.claims)
        )
        about = (flag.person,) if flag.person else event.targets
        yield Contradiction(
            kind="impossible",
            event=event.id,
            type=event.type,
            field=flag.kind,
            date=event.date,
            people=tuple((who, who) for who in about),
            sides=(told,),
            reason=flag.reason,
        )


def _ids(event: str, ids: Iterable[str]) -> tuple[Sentence, ...]:
    """Sentences of which only event and claim are known yet."""
    return tuple(
        Sentence(event=event, claim=i, quote="", document="", outlet="", known=None, speaker=None, status="")
        for i in ids
    )


def with_words(alias: str, found: Sequence[Contradiction]) -> list[Contradiction]:
    """The same with names and the sentences of each side."""
    claims = bulk.claims(alias, (s.claim for c in found for side in c.sides for s in side.sentences))
    documents = bulk.headers(alias, (c.document for c in claims.values()))
    named = bulk.people(alias, (who for c in found for who, _ in c.people))
    names = {i: p.name for i, p in named.items()}
    return [
        replace(
            one,
            people=tuple((who, names.get(who, who)) for who, _ in one.people),
            sides=tuple(_told(one.event, side, claims, documents) for side in one.sides),
        )
        for one in found
    ]


def _told(event: str, side: Side, claims: Mapping[str, Claim], documents: Mapping[str, Document]) -> Side:
    """The side with its sentences, the one that says most first."""
    told = sentences(event, [s.claim for s in side.sentences], claims, documents)
    return replace(side, sentences=best_first(told, claims))


def best_first(told: Sequence[Sentence], claims: Mapping[str, Claim]) -> tuple[Sentence, ...]:
    """The same sentences, the one that says most in front."""
    best = max(told, key=lambda s: (not s.copy, worth(ClaimOnFile(claims[s.claim], s.known, s.document))), default=None)
    return tuple(sorted(told, key=lambda s: s is not best))
