"""Reading a record: values out of rows. Nothing here writes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from khronika.facts.claims import Claim, Mention, Relation, claim_from_json
from khronika.facts.documents import Document
from khronika.facts.events import Event, Interval, Link, Person, Question
from khronika.record import book, rows
from khronika.record.onfile import ClaimOnFile, EventOnFile
from khronika.record.rows import chunks
from khronika.record.whole import whole

T = TypeVar("T")

CHUNK = 1000
"""Rows fetched at a time while all are read."""

DOER_KINDS = frozenset({"custody_protest"})
"""Kinds that are in the file of who does them: a hunger strike is the prisoner's."""


@dataclass(frozen=True, slots=True)
class View:
    """Read access to a whole record: what linking needs, and what was derived, for export."""

    alias: str

    def documents(self) -> Iterator[Document]:
        """Every document as captured, in order of arrival: `copy_of` only where the page itself repeats a text."""
        from khronika.record import models

        return _each(models.Document, self.alias, "seq", rows.document_from_row)

    def claims(self) -> Iterator[Claim]:
        """Every claim as it stands by people's decisions, in order of arrival; those that are rejected are left out."""
        from khronika.record import models

        found, _ = book.rulings(self.alias)
        for claim in _each(models.Claim, self.alias, "seq", claim_from_json):
            ruling = found.get(claim.id)
            if ruling is None:
                yield claim
            elif not ruling.is_rejected:
                yield ruling.applied(claim)

    def mentions(self) -> Iterator[Mention]:
        """Every mention, in order of arrival, behind them those that corrections brought in."""
        from khronika.record import models

        yield from _each(models.Mention, self.alias, "seq", rows.mention_from_row)
        yield from book.brought_in(self.alias)

    def relations(self) -> Iterator[Relation]:
        """Every relation, in order of arrival."""
        from khronika.record import models

        return _each(models.Relation, self.alias, "seq", rows.relation_from_row)

    def people(self) -> Iterator[Person]:
        """Every person, by id."""
        from khronika.record import models

        return whole(self.alias, _each(models.Person, self.alias, "key", rows.person_from_row))

    def organizations(self) -> Iterator[Person]:
        """Every organization, by id."""
        from khronika.record import models

        return whole(self.alias, _each(models.Organization, self.alias, "key", rows.person_from_row))

    def events(self) -> Iterator[Event]:
        """Every event, by id."""
        from khronika.record import models

        return _each(models.Event, self.alias, "key", rows.event_from_row)

    def links(self) -> Iterator[Link]:
        """Why mentions were put together."""
        from khronika.record import models

        return _each(models.Link, self.alias, ("a", "b", "body"), rows.link_from_row)

    def questions(self) -> Iterator[Question]:
        """Which people may be one, which only a person can say."""
        from khronika.record import models

        return _each(models.Question, self.alias, ("a", "b", "body"), rows.question_from_row)

    def claim_events(self) -> dict[str, str]:
        """Claim id → event id."""
        from khronika.record import models

        return dict(models.ClaimEvent.objects.using(self.alias).values_list("a", "b"))

    def names(self) -> dict[tuple[str, str], str]:
        """(Document id, name as in the claim) → person or organization id."""
        from khronika.record import models

        rows = models.NameEntity.objects.using(self.alias)
        found = rows.order_by("a", "name", "b").values_list("a", "name", "b")
        return {(document, name): entity for document, name, entity in found}

    def custody(self) -> dict[str, tuple[Interval, ...]]:
        """Person id → intervals, with all that is known."""
        from khronika.record import models

        out: dict[str, list[Interval]] = defaultdict(list)
        for person, body in (
            models.CustodyInterval.objects.using(self.alias).order_by("person", "number").values_list("person", "body")
        ):
            out[person].append(rows.interval_from_row(rows.load(body)))
        return {person: tuple(intervals) for person, intervals in out.items()}

    def copies(self) -> dict[str, str]:
        """Document id → id of the document that it copies."""
        from khronika.record import models

        return dict(models.Copy.objects.using(self.alias).values_list("a", "b"))


def _each(model: Any, alias: str, order: str | tuple[str, ...], value_of: Callable[[Any], T]) -> Iterator[T]:  # noqa: ANN401
    """The value in the body of every row of the model. A row that is damaged leaves no cursor open behind it."""
    columns = (order,) if isinstance(order, str) else order
    found = model.objects.using(alias).order_by(*columns).values_list("body", flat=True)
    with closing(found.iterator(chunk_size=CHUNK)) as bodies:
        for body in bodies:
            yield value_of(rows.load(body))


def files_on_people(
    events: Sequence[Event], claims: Mapping[str, Claim], documents: Mapping[str, Document]
) -> dict[str, list[EventOnFile]]:
    """Person or organization id → the events in that file, with their claims; only of kinds about custody.

    `claims` and `documents` by id, at least those that the events rest on.
    """
    files: dict[str, list[EventOnFile]] = defaultdict(list)
    for event in events:
        told = on_file(event, claims, documents)
        for who in on_whose_file(event):
            files[who].append(of_whom(event, told, who))
    return files


def on_whose_file(event: Event) -> list[str]:
    """Ids of those in whose file the event is: to whom it was done, or who went on hunger strike."""
    return [*dict.fromkeys((*event.targets, *(event.actors if event.type in DOER_KINDS else ())))]


def of_whom(event: Event, told: EventOnFile, who: str) -> EventOnFile:
    """The event as it is on this one's file: with which of its claims name that one."""
    named = next((ids for one, ids in event.named if one == who), None)
    return told if named is None else replace(told, named=frozenset(named))


def on_file(event: Event, claims: Mapping[str, Claim], documents: Mapping[str, Document]) -> EventOnFile:
    """The event with those of its claims that are there."""
    told = tuple(_on_file(claims[c], documents) for c in event.claims if c in claims)
    return EventOnFile(event.id, event.type, told)


def _on_file(claim: Claim, documents: Mapping[str, Document]) -> ClaimOnFile:
    """The claim with when it could be known and where it is from."""
    document = documents[claim.document]
    original = documents.get(document.copy_of or document.id)
    origin = original.family if original else document.copy_of or document.id
    return ClaimOnFile(claim, document.known_from, origin, own=document.is_own)


def events_of(alias: str, who: str) -> list[Event]:
    """The events that name a person or organization as target or actor, in order of date, undated last."""
    from khronika.record import models

    keys = models.Participant.objects.using(alias).filter(b=who).values_list("a", flat=True)
    bodies: list[str] = []
    for some in chunks([*dict.fromkeys(keys)]):
        bodies += models.Event.objects.using(alias).filter(key__in=some).values_list("body", flat=True)
    return in_order(rows.event_from_row(rows.load(body)) for body in bodies)


def people_called(alias: str, typed: str) -> list[Person]:
    """The person of this id, or those of whom each has a word for every word of the typed name, by id: all whom it may
    mean, and few others. Everyone, where the record was derived before names were looked up by words."""
    from khronika.record import models
    from khronika.text.typed import fitting

    if body := models.Person.objects.using(alias).filter(key=typed).values_list("body", flat=True).first():
        return [rows.person_from_row(rows.load(body))]
    table = models.NameWord.objects.using(alias)
    words = [*table.values_list("a", flat=True).distinct()]
    if not words:
        return [*View(alias).people()]
    meant: set[str] | None = None
    for some in fitting(typed, words):
        of = {who for part in chunks(sorted(some)) for who in table.filter(a__in=part).values_list("b", flat=True)}
        meant = of if meant is None else meant & of
    found: list[Person] = []
    for part in chunks(sorted(meant or ())):
        bodies = models.Person.objects.using(alias).filter(key__in=part).order_by("key").values_list("body", flat=True)
        found += [rows.person_from_row(rows.load(body)) for body in bodies]
    return found


def in_order(events: Iterable[Event]) -> list[Event]:
    """By date, undated last, then by id."""
    return sorted(events, key=lambda e: (e.date or "9999", e.id))


def people_among(alias: str, ids: Collection[str]) -> list[str]:
    """Those of the ids that are people of the record, in order."""
    from khronika.record import models

    found: list[str] = []
    for some in chunks(sorted(ids)):
        found += models.Person.objects.using(alias).filter(key__in=some).values_list("key", flat=True)
    return sorted(found)


def claims_of(alias: str, keys: Sequence[str]) -> dict[str, Claim]:
    """The claims of these ids, corrected, rejected ones among them, by id."""
    from khronika.record import models

    out: dict[str, Claim] = {}
    for some in chunks(keys):
        found = models.Claim.objects.using(alias).filter(key__in=some).values_list("key", "body")
        told = book.decided(alias, (claim_from_json(rows.load(body)) for _, body in found), rejected=True)
        out.update({claim.id: claim for claim in told})
    return out


def documents_of(alias: str, keys: Sequence[str]) -> dict[str, Document]:
    """The documents of these ids, by id."""
    from khronika.record import models

    out: dict[str, Document] = {}
    for some in chunks(keys):
        copies = dict(models.Copy.objects.using(alias).filter(a__in=some).values_list("a", "b"))
        found = models.Document.objects.using(alias).filter(key__in=some).values_list("key", "body")
        documents = {key: rows.document_from_row(rows.load(body)) for key, body in found}
        out |= {k: replace(d, copy_of=copies[k]) if k in copies else d for k, d in documents.items()}
    return out


def claims_in(alias: str, document: str) -> list[Claim]:
    """The claims of one document, corrected, those that are rejected among them, in order of text."""
    found = book.decided(alias, book.as_read(alias, [document]).get(document, ()), rejected=True)
    return sorted(found, key=lambda c: (c.start, c.end, c.id))


def events_between(alias: str, kind: str | None, first: date | None, last: date | None) -> Iterator[Event]:
    """Events of a kind whose date may lie within the days `first` to `last`, both included.

    Without bounds undated events are among them.
    """
    from django.db.models import Q

    from khronika.record import models

    found = models.Event.objects.using(alias).all()
    if kind:
        found = found.filter(type=kind)
    if first or last:
        found = found.filter(Q(first__isnull=False) | Q(last__isnull=False))
    if first:
        found = found.filter(Q(last__gte=first.isoformat()) | Q(last__isnull=True))
    if last:
        found = found.filter(Q(first__lte=last.isoformat()) | Q(first__isnull=True))
    return (rows.event_from_row(rows.load(body)) for body in found.values_list("body", flat=True))
