"""The derived tables: people, organizations, events, custody. Replaced whole in one transaction, never edited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from khronika.facts.events import Event, Interval, Linked
from khronika.record import log
from khronika.record.flags import Flag, in_order
from khronika.record.rows import event_to_row
from khronika.record.seal import canonical, seal_all
from khronika.text import edtf
from khronika.text.typed import typed_words

BATCH = 500
"""Rows an INSERT: below SQLite's limit on variables for every table here."""


def replace(
    alias: str, linked: Linked, custody: Iterable[tuple[str, Sequence[Interval]]], flags: Iterable[Flag] = ()
) -> str:
    """Puts what was derived in place of what was there; gives the hash over all of it.

    `custody`: person id and intervals, in order of persons; `flags`: what cannot be as told, in any order. Equal input
    gives equal rows, byte for byte.
    """
    from django.db import transaction

    from khronika.record.models import Derivation

    tables = [(model, [*rows]) for model, rows in _rows(linked, custody, flags)]
    with transaction.atomic(using=alias):
        for model, rows in tables:
            model.objects.using(alias).all().delete()
            model.objects.using(alias).bulk_create(rows, batch_size=BATCH)
        Derivation.objects.using(alias).all().delete()
        digest = digest_of(alias)
        Derivation.objects.using(alias).create(id=1, head=log.head(alias), digest=digest)
    return digest


def _rows(
    linked: Linked, custody: Iterable[tuple[str, Sequence[Interval]]], flags: Iterable[Flag]
) -> Iterator[tuple[Any, Iterable[Any]]]:
    """Each table with its new rows, in an order that depends only on their content."""
    from khronika.record import models as m

    yield m.Person, (m.Person(key=p.id, body=canonical(asdict(p))) for p in sorted(linked.people, key=lambda p: p.id))
    organizations = sorted(linked.organizations, key=lambda p: p.id)
    yield m.Organization, (m.Organization(key=p.id, body=canonical(asdict(p))) for p in organizations)
    events = sorted(linked.events, key=lambda e: e.id)
    yield m.Event, map(_event, events)
    roles = [
        (e.id, who, role) for e in events for role in ("targets", "actors") for who in dict.fromkeys(getattr(e, role))
    ]
    yield m.Participant, (m.Participant(id=i, a=a, b=b, role=r[:-1]) for i, (a, b, r) in enumerate(roles, 1))
    yield m.ClaimEvent, (m.ClaimEvent(id=i, a=a, b=b) for i, (a, b) in enumerate(sorted(linked.claim_events), 1))
    yield m.NameEntity, (m.NameEntity(id=i, a=d, name=n, b=e) for i, ((d, n), e) in enumerate(sorted(linked.names), 1))
    yield m.Copy, (m.Copy(id=i, a=a, b=b) for i, (a, b) in enumerate(sorted(linked.copies), 1))
    links = sorted(linked.links, key=lambda k: (k.a, k.b, k.reason, k.score))
    yield m.Link, (m.Link(id=i, a=k.a, b=k.b, body=canonical(asdict(k))) for i, k in enumerate(links, 1))
    spans = [(person, canonical(asdict(interval))) for person, intervals in custody for interval in intervals]
    yield m.CustodyInterval, (m.CustodyInterval(id=i, person=p, body=b) for i, (p, b) in enumerate(spans, 1))
    words = sorted({(w, p.id) for p in linked.people for form in (p.name, *p.forms) for w in typed_words(form)})
    yield m.NameWord, (m.NameWord(id=i, a=a, b=b) for i, (a, b) in enumerate(words, 1))
    odd = [(f.event, f.person or "", canonical(asdict(f))) for f in in_order(flags)]
    yield m.Flag, (m.Flag(id=i, a=a, b=b, body=body) for i, (a, b, body) in enumerate(odd, 1))


def _event(event: Event) -> Any:  # noqa: ANN401  (a models.Event)
    """The event's row, with its earliest and latest day for searching."""
    from khronika.record.models import Event as Row

    first, last = edtf.bounds(event.date) if event.date else (None, None)
    return Row(
        key=event.id,
        type=event.type,
        first=first.isoformat() if first else None,
        last=last.isoformat() if last else None,
        body=canonical(event_to_row(event)),
    )


def dump(alias: str) -> Iterator[str]:
    """Every derived row as one line, in order: what "the same bytes" means."""
    from khronika.record import models as m

    keyed: tuple[Any, ...] = (m.Person, m.Organization, m.Event)
    for model in keyed:
        for row in model.objects.using(alias).order_by("key").iterator(chunk_size=1000):
            yield f"{model.__name__} {row.key} {row.body}"
    numbered: tuple[Any, ...] = (m.Participant, m.ClaimEvent, m.NameEntity, m.Copy, m.Link, m.CustodyInterval)
    numbered += (m.NameWord, m.Flag)
    for model in numbered:
        for values in model.objects.using(alias).order_by("id").values_list().iterator(chunk_size=1000):
            yield f"{model.__name__} {canonical([*values])}"


def digest_of(alias: str) -> str:
    """A hash over all derived rows."""
    return seal_all(line + "\n" for line in dump(alias))


def derivation(alias: str) -> tuple[str, str] | None:
    """The log head from which the derived rows came, and their hash; None: nothing was derived yet."""
    from khronika.record.models import Derivation

    row = Derivation.objects.using(alias).first()
    return (row.head, row.digest) if row else None
