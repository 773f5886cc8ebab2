"""Reading many rows of a record at once, for questions about everyone: in portions, and documents without their text.

Time and memory grow with the rows asked for; one look-up goes through an index.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from khronika.facts.claims import Claim, claim_from_json
from khronika.facts.documents import Document
from khronika.facts.events import Event, Interval, Person
from khronika.record import book, rows
from khronika.record.onfile import EventOnFile
from khronika.record.queries import files_on_people, in_order, on_file
from khronika.record.tables import select, select_fields

PORTION = 900
"""Ids a query: below the number of variables that every SQLite takes (999)."""

_HEADER = ("source", "outlet", "published", "captured", "url", "copy_of", "upstream", "part", "sha256")


def portions(keys: Iterable[str]) -> Iterator[list[str]]:
    """The different keys, in their order, in lists of at most `PORTION`."""
    distinct = [*dict.fromkeys(keys)]
    for at in range(0, len(distinct), PORTION):
        yield distinct[at : at + PORTION]


def events(alias: str, keys: Iterable[str]) -> dict[str, Event]:
    """The events of these ids, by id."""
    from khronika.record import models

    found: dict[str, Event] = {}
    for some in portions(keys):
        for key, body in models.Event.objects.using(alias).filter(key__in=some).values_list("key", "body"):
            found[key] = rows.event_from_row(rows.load(body))
    return found


def events_naming(alias: str, people: Iterable[str]) -> dict[str, list[str]]:
    """Person or organization id → ids of the events that name it as target or actor."""
    from khronika.record import models

    found: dict[str, list[str]] = defaultdict(list)
    for some in portions(people):
        pairs = models.Participant.objects.using(alias).filter(b__in=some).order_by("b", "a").values_list("b", "a")
        for who, event in pairs:
            if event not in found[who][-1:]:
                found[who].append(event)
    return found


def claims(alias: str, keys: Iterable[str]) -> dict[str, Claim]:
    """The claims of these ids, corrected, by id."""
    from khronika.record import models

    found: dict[str, Claim] = {}
    for some in portions(keys):
        bodies = models.Claim.objects.using(alias).filter(key__in=some).values_list("body", flat=True)
        told = book.decided(alias, (claim_from_json(rows.load(body)) for body in bodies), rejected=True)
        found.update({claim.id: claim for claim in told})
    return found


def documents_behind(alias: str, keys: Iterable[str]) -> dict[str, str]:
    """Claim id → id of its document, without reading the claim."""
    from khronika.record import models

    found: dict[str, str] = {}
    for some in portions(keys):
        found.update(models.Claim.objects.using(alias).filter(key__in=some).values_list("key", "document_id"))
    return found


def headers(alias: str, keys: Iterable[str]) -> dict[str, Document]:
    """The documents of these ids, by id, without text and blocks; a copy says of which it is one."""
    found: dict[str, Document] = {}
    for some in portions(keys):
        of: dict[str, str] = dict(select(alias, "copy", ("a", "b"), "a", some))
        for key, head in select_fields(alias, "document", _HEADER, "key", some):
            told = dict(zip(_HEADER, rows.load(head), strict=True))
            told |= {"copy_of": of.get(key, told["copy_of"]), "upstream": tuple(told["upstream"] or ())}
            found[key] = Document(id=key, text="", blocks=(), **told)
    return found


def origins(alias: str, keys: Iterable[str]) -> dict[str, str]:
    """Claim id → the origin that it counts for: of a copy its original's, else the outlet credited, else its own."""
    behind = documents_behind(alias, keys)
    found = headers(alias, behind.values())
    roots = headers(alias, (d.copy_of for d in found.values() if d.copy_of and d.copy_of not in found))
    all_ = found | roots

    def family(document: Document) -> str:
        return all_[document.copy_of].family if document.copy_of in all_ else document.family

    return {claim: family(found[document]) for claim, document in behind.items() if document in found}


def known_from(alias: str) -> dict[str, str | None]:
    """Document id → the first day on which it could be known (EDTF), of all documents, in one pass in the database."""
    from khronika.record import models

    table = models.Document.objects.using(alias).annotate(out=_part("published"), got=_part("captured"))
    return {key: out or (got[:10] if got else None) for key, out, got in table.values_list("key", "out", "got")}


def events_told_in(alias: str, documents: Iterable[str]) -> dict[str, Event]:
    """The events that any of these documents tells of, by id."""
    from khronika.record import models

    told: list[str] = []
    for some in portions(documents):
        told += models.Claim.objects.using(alias).filter(document_id__in=some).values_list("key", flat=True)
    found: list[str] = []
    for some in portions(told):
        found += models.ClaimEvent.objects.using(alias).filter(a__in=some).values_list("b", flat=True)
    return events(alias, found)


def ending_between(alias: str, since: dt.date, until: dt.date) -> list[str]:
    """People one of whose intervals ends after `since` and not after `until`, or whose term may: by id."""
    from khronika.record import models

    table = models.CustodyInterval.objects.using(alias).annotate(end=_part("end"))
    there = table.filter(end__gt=since.isoformat(), end__lte=until.isoformat())
    return sorted(set(there.values_list("person", flat=True)))


def _part(name: str) -> Any:  # noqa: ANN401  (a column expression)
    """A value out of a row's body, taken inside the database."""
    from django.db.models import F, Func, TextField, Value

    return Func(F("body"), Value(f"$.{name}"), function="json_extract", output_field=TextField())


def custody_on(alias: str, day: dt.date, held: bool) -> dict[str, list[Interval]]:
    """Person id → all intervals of everyone who on the day is held, or (not `held`) may or may not be, by any account.

    One pass over the table inside the database, then only those people's rows.
    """
    from django.db.models import Q

    from khronika.record import models

    table = models.CustodyInterval.objects.using(alias)
    there = table.annotate(start=_part("start"), end=_part("end"), held=_part("held"))
    there = there.filter(Q(start__isnull=True) | Q(start__lte=day.isoformat()))
    there = there.filter(Q(end__isnull=True) | Q(end__gt=day.isoformat())).filter(held__isnull=not held)
    found: dict[str, list[Interval]] = defaultdict(list)
    for some in portions(sorted({person for person, is_held in there.values_list("person", "held") if is_held != 0})):
        for person, body in table.filter(person__in=some).order_by("person", "number").values_list("person", "body"):
            found[person].append(rows.interval_from_row(rows.load(body)))
    return found


def people(alias: str, keys: Iterable[str]) -> dict[str, Person]:
    """The people and organizations of these ids, by id."""
    from khronika.record import models

    found: dict[str, Person] = {}
    tables: tuple[Any, ...] = (models.Person, models.Organization)
    for some in portions(keys):
        for model in tables:
            for key, body in model.objects.using(alias).filter(key__in=some).values_list("key", "body"):
                found[key] = rows.person_from_row(rows.load(body))
    return found


@dataclass(frozen=True)
class Files:
    """The files of several people: `of`, person id → events with claims; and what they consist of, by id."""

    of: dict[str, list[EventOnFile]] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)


def files(alias: str, who: Sequence[str], more: Iterable[str] = ()) -> Files:
    """The files of these people, and with them the events of the ids in `more`."""
    naming = events_naming(alias, who)
    found = events(alias, [*(e for named in naming.values() for e in named), *more])
    told = claims(alias, (c for e in found.values() for c in e.claims))
    documents = headers(alias, (c.document for c in told.values()))
    meant = set(who)
    of = {p: f for p, f in files_on_people(in_order(found.values()), told, documents).items() if p in meant}
    return Files(of, found, told, documents)


def on_files(alias: str, events: Sequence[Event]) -> Iterator[EventOnFile]:
    """The events, each with its claims as the record has them."""
    for some in rows.chunks(events):
        told = claims(alias, (c for event in some for c in event.claims))
        documents = headers(alias, (c.document for c in told.values()))
        yield from (on_file(event, told, documents) for event in some)
