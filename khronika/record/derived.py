"""The derived tables: people, organizations, events, custody. Amended in one transaction, never edited otherwise.

Rows have no numbers that mean anything: what makes two derivations the same is what stands in their rows, in any order.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from khronika.facts.events import Changes, Event, Interval, Person
from khronika.record import log
from khronika.record.flags import Flag
from khronika.record.rows import event_to_row, flat_row
from khronika.record.seal import BEGINNING, canonical, seal_sum
from khronika.record.tables import delete, delete_pairs, insert, select
from khronika.text import edtf
from khronika.text.typed import typed_words

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "Person": ("key", "body"),
    "Organization": ("key", "body"),
    "Event": ("key", "type", "first", "last", "body"),
    "Participant": ("a", "b", "role"),
    "ClaimEvent": ("a", "b"),
    "NameEntity": ("a", "name", "b"),
    "Copy": ("a", "b"),
    "NameWord": ("a", "b"),
    "Link": ("a", "b", "body"),
    "Question": ("a", "b", "body"),
    "Flag": ("a", "b", "body"),
    "CustodyInterval": ("person", "number", "body"),
    "Told": ("document", "body"),
    "Wording": ("key", "body", "organization", "uses", "first"),
    "WordingKey": ("number", "wording"),
    "Key": ("number", "document"),
}
"""The derived tables, with the columns that say something."""

TABLES = {name: re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower() for name in COLUMNS}
"""Their names in the database."""


class Amendment:
    """Changes on their way into the derived tables: what is taken out and put in, and the sum over all rows.

    To be used within one transaction. `people`: whose custody may be another
    after what was taken.
    """

    def __init__(self, alias: str) -> None:
        known = derivation(alias)
        self._alias = alias
        self._sum = known[1] if known else ""
        self.people: set[str] = set()

    def take(self, changes: Changes) -> None:
        """Takes out what is no more, puts in what is new, save for custody and flags."""
        self._take_out(changes)
        linked = changes.linked
        self.people |= {p.id for p in linked.people}
        self.people |= {who for event in linked.events for who in (*event.targets, *event.actors)}
        self._put("Person", (_entity(p) for p in linked.people))
        self._put("Organization", (_entity(o) for o in linked.organizations))
        self._put("Event", map(_event, linked.events))
        roles = ((e, role) for e in linked.events for role in ("targets", "actors"))
        self._put("Participant", ((e.id, w, role[:-1]) for e, role in roles for w in dict.fromkeys(getattr(e, role))))
        self._put("ClaimEvent", linked.claim_events)
        self._put("NameEntity", ((document, name, who) for (document, name), who in linked.names))
        self._put("Copy", linked.copies)
        names = {(word, p.id) for p in linked.people for form in (p.name, *p.forms) for word in typed_words(form)}
        self._put("NameWord", sorted(names))
        self._put("Link", ((k.a, k.b, canonical(flat_row(k))) for k in linked.links))
        self._put("Question", ((q.a, q.b, canonical(flat_row(q))) for q in linked.questions))
        self._put("Told", changes.told)
        self._put("Wording", ((w.id, w.body, w.organization, w.uses, w.first) for w in changes.wordings))
        self._put("WordingKey", sorted(changes.wording_keys))
        self._put("Key", self._keys(changes.keys))

    def custody(self, person: str, intervals: Sequence[Interval], flags: Iterable[Flag]) -> None:
        """Puts a person's intervals, and what cannot be as told in the person's file, in place of what was there."""
        self._drop("CustodyInterval", "person", [person])
        self._drop("Flag", "b", [person])
        self._put("CustodyInterval", ((person, i, canonical(flat_row(one))) for i, one in enumerate(intervals)))
        self.flag(flags)

    def flag(self, flags: Iterable[Flag]) -> None:
        """Adds what cannot be as told in an event, or in a person's file."""
        self._put("Flag", ((f.event, f.person or "", canonical(flat_row(f))) for f in flags))

    def close(self, head: str) -> None:
        """Writes down of what the rows are derived now: the log as far as the entry with this hash."""
        from khronika.record.models import Derivation

        Derivation.objects.using(self._alias).all().delete()
        Derivation.objects.using(self._alias).create(id=1, head=head, digest=seal_sum([], self._sum))

    def _take_out(self, changes: Changes) -> None:
        """Rows of what is no more."""
        gone = sorted(changes.gone)
        for name, letter in (("Person", "p"), ("Organization", "o"), ("Event", "e")):
            self._drop(name, "key", [i for i in gone if i.startswith(letter)])
        events = [i for i in gone if i.startswith("e")]
        self.people.update(who for (who,) in select(self._alias, "participant", ("b",), "a", events))
        self._drop("Participant", "a", events)
        self._drop("ClaimEvent", "b", events)
        self._drop("Flag", "a", events)
        for name, column in (("CustodyInterval", "person"), ("NameWord", "b"), ("Flag", "b")):
            self._drop(name, column, [i for i in gone if i.startswith("p")])
        self._drop("Question", "a", sorted(changes.unasked))
        documents = sorted(changes.documents)
        for name, column in (("NameEntity", "a"), ("Copy", "a"), ("Told", "document")):
            self._drop(name, column, documents)
        self._drop("Wording", "key", [w.id for w in changes.wordings])
        self._unlink(changes.unlinked)
        self._unkey(changes.keys_gone)

    def _drop(self, name: str, column: str, values: Sequence[Any]) -> None:
        """Takes out the rows whose column has one of the values."""
        if found := select(self._alias, TABLES[name], COLUMNS[name], column, values):
            self._sum = seal_sum((_line(name, row) for row in found), self._sum, take=True)
            delete(self._alias, TABLES[name], column, values)

    def _unlink(self, sides: Collection[tuple[str, str]]) -> None:
        """Takes out the links that begin with these (kind, side)."""
        ids = sorted({side for _, side in sides})
        found = select(self._alias, "link", ("id", *COLUMNS["Link"]), "a", ids)
        rows = [row for row in found if (_kind(row[3]), row[1]) in sides]
        self._sum = seal_sum((_line("Link", row[1:]) for row in rows), self._sum, take=True)
        delete(self._alias, "link", "id", [row[0] for row in rows])

    def _unkey(self, gone: Collection[tuple[int, str]]) -> None:
        """Takes out keys of documents."""
        rows = self._keys(gone)
        delete_pairs(self._alias, "key", ("number", "document"), rows)
        self._sum = seal_sum((_line("Key", row) for row in rows), self._sum, take=True)

    def _keys(self, pairs: Collection[tuple[int, str]]) -> list[tuple[int, int]]:
        """Keys with their documents' numbers, in order."""
        documents = sorted({document for _, document in pairs})
        seq: dict[str, int] = dict(select(self._alias, "document", ("key", "seq"), "key", documents))
        return sorted((number, seq[document]) for number, document in pairs if document in seq)

    def _put(self, name: str, values: Iterable[tuple[Any, ...]]) -> None:
        """Puts rows in."""
        if rows := [*values]:
            self._sum = seal_sum((_line(name, row) for row in rows), self._sum)
            insert(self._alias, TABLES[name], COLUMNS[name], rows)


def clear(alias: str) -> None:
    """Takes out all that was derived."""
    from khronika.record.models import Derivation

    for name in COLUMNS:
        _rows(alias, name).delete()
    Derivation.objects.using(alias).all().delete()


def _rows(alias: str, name: str) -> Any:  # noqa: ANN401  (a Django manager)
    """The rows of a derived table."""
    from khronika.record import models

    return getattr(models, name).objects.using(alias)


def _line(name: str, values: Sequence[Any]) -> str:
    """A row as one line: what "the same bytes" means."""
    return f"{name} {canonical([*values])}"


def _kind(body: str) -> str:
    """The kind of a link's row."""
    from khronika.record.rows import link_from_row, load

    return link_from_row(load(body)).kind


def _entity(person: Person) -> tuple[str, str]:
    """A person's or organization's row."""
    return person.id, canonical(flat_row(person))


def _event(event: Event) -> tuple[Any, ...]:
    """The event's row, with its earliest and latest day for searching."""
    first, last = edtf.bounds(event.date) if event.date else (None, None)
    days = (first.isoformat() if first else None, last.isoformat() if last else None)
    return event.id, event.type, *days, canonical(event_to_row(event))


def dump(alias: str) -> Iterator[str]:
    """Every derived row as one line, table by table, each in order of its lines. Keys are left out: they point to the
    numbers that documents got when they came."""
    for name in COLUMNS:
        if name != "Key":
            yield from sorted(_lines(alias, name))


def _lines(alias: str, name: str) -> Iterator[str]:
    """The rows of a table as lines, in no order that matters."""
    for row in _rows(alias, name).values_list(*COLUMNS[name]).iterator(chunk_size=1000):
        yield _line(name, row)


def digest_of(alias: str) -> str:
    """The sum over all derived rows, whatever their order."""
    whole = ""
    for name in COLUMNS:
        whole = seal_sum(_lines(alias, name), whole)
    return seal_sum([], whole)


def derivation(alias: str) -> tuple[str, str] | None:
    """The log head up to which rows are derived, and their sum; None: nothing was derived yet."""
    from khronika.record.models import Derivation

    row = Derivation.objects.using(alias).first()
    return (row.head, row.digest) if row else None


def unlinked(alias: str, most: int, end: str, anew: bool = False) -> Iterator[tuple[str, list[str]]]:
    """The documents that nothing is derived of yet, in order of arrival: (hash of the log entry as far as which they
    reach, their ids), about `most` at a time; the last pair reaches to the entry with the hash `end`. `anew`: of every
    document."""
    known = None if anew else derivation(alias)
    waiting: list[str] = []
    last = reached = known[0] if known else BEGINNING
    for entry in log.entries(alias, after=reached):
        last = entry.sha256
        waiting += entry.body["documents"] if entry.act == "append" else []
        if len(waiting) >= most:
            yield last, waiting
            waiting, reached = [], last
        if last == end:
            break
    if last != reached:
        yield last, waiting
