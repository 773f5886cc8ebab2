"""What a record holds, looked up: its people, events, documents, claims, captured bytes and failures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from khronika.errors import NotFound, SeveralPeople, UsageError
from khronika.facts.claims import Claim
from khronika.facts.documents import Document
from khronika.facts.events import Event, Person
from khronika.facts.second import SecondReading
from khronika.record import derived, folder, log, queries, second, setup, shown
from khronika.record.naming import find_person
from khronika.record.onfile import EventOnFile
from khronika.record.whole import whole
from khronika.text import edtf


class Contents:
    """What is in a record, by id, by name, or all of it. Nothing here changes the record."""

    path: Path
    """The folder of the record."""

    @property
    def alias(self) -> str:
        """The database alias, opened if need be."""
        raise NotImplementedError

    @property
    def database(self) -> Path:
        """The database file."""
        return self.path / folder.DATABASE

    # --- all of it

    def view(self) -> queries.View:
        """Read access to everything, for linking and export."""
        return queries.View(self.alias)

    @contextmanager
    def snapshot(self) -> Iterator[queries.View]:
        """The view as of one moment, whatever another process writes meanwhile."""
        from django.db import transaction

        with setup.guarded(self.database), transaction.atomic(using=self.alias):
            yield self.view()

    def is_stale(self) -> bool:
        """Whether something was added since people, events and custody were derived (a run was cut off)."""
        with setup.guarded(self.database):
            derivation = derived.derivation(self.alias)
            return derivation is None or derivation[0] != log.head(self.alias)

    def reader_of(self, sha256: str) -> str | None:
        """The reader that read the bytes of this hash first; None: they are not in the record."""
        alias = self.alias
        from khronika.record.models import Capture as Row

        with setup.guarded(self.database):
            return Row.objects.using(alias).filter(sha256=sha256).values_list("reader", flat=True).first()

    def count_documents(self, sha256: str | None = None) -> int:
        """How many documents there are, of all pages or of the page whose bytes have this hash."""
        alias = self.alias
        from khronika.record.models import Document as Row

        with setup.guarded(self.database):
            rows = Row.objects.using(alias)
            return rows.filter(capture_id=sha256).count() if sha256 else rows.count()

    def failures(self) -> list[tuple[str, str, str]]:
        """Sources that failed and have not succeeded since: (source, step, reason), in order of source."""
        alias = self.alias
        from khronika.record.models import Failure

        with setup.guarded(self.database):
            last = {row.source: row for row in Failure.objects.using(alias).order_by("seq")}
        return [(source, row.step, row.reason) for source, row in sorted(last.items()) if not row.cleared]

    # --- people, events and claims

    def people(self) -> list[Person]:
        """Everyone in the record, by name."""
        with setup.guarded(self.database):
            return sorted(self.view().people(), key=lambda p: (p.name, p.id))

    def organizations(self) -> list[Person]:
        """Every organization, by name."""
        with setup.guarded(self.database):
            return sorted(self.view().organizations(), key=lambda p: (p.name, p.id))

    def person(self, name: str) -> Person:
        """The person called `name`, as a person types it: any case, without accents, a surname alone, another
        romanization; or an id.

        Raises SeveralPeople with what tells them apart, NotFound with names that are near.
        """
        with setup.guarded(self.database):
            meant = queries.people_called(self.alias, name)
            try:
                found = find_person(name, meant, self._describe)
            except SeveralPeople:
                raise
            except NotFound:  # of whom names are near is asked of everyone
                return find_person(name, self.people(), self._describe)
            return next(whole(self.alias, [found]))

    def _describe(self, person: Person) -> str:
        """One line that tells a person from another of that name: hints, first event, documents, id."""
        first = next((e for e in self.events_of(person.id) if e.date), None)
        told = [*person.hints[:3], f"{first.type.replace('_', ' ')} {first.date}" if first else ""]
        told.append(f"{len(person.documents)} document{'s' * (len(person.documents) != 1)}")
        return f"{person.name}: {', '.join(filter(None, told))} [{person.id}]"

    def events(
        self,
        type: str | None = None,
        from_: str | None = None,
        to: str | None = None,
        place: str | None = None,
    ) -> list[Event]:
        """Events in order of date. `type`: a kind of the codebook; `from_`, `to`: EDTF, both included, events of
        uncertain date where it may lie within; `place`: a name of the place, case and accents aside.

        Raises UsageError for a date that is none.
        """
        from khronika.text.fold import fold

        try:
            first, last = (edtf.bounds(from_)[0] if from_ else None), (edtf.bounds(to)[1] if to else None)
        except ValueError as error:
            raise UsageError(str(error)) from error
        with setup.guarded(self.database):
            found = queries.in_order(queries.events_between(self.alias, type, first, last))
            if place is None:
                return found
            told = queries.claims_of(self.alias, [c for e in found for c in e.claims])
        wanted = fold(place)

        def fits(event: Event) -> bool:
            names = [event.place.name, event.place.country or ""] if event.place else []
            names += [name for c in event.claims if c in told for name in told[c].place]
            return any(wanted == fold(name) for name in names)

        return [event for event in found if fits(event)]

    def events_of(self, who: str) -> list[Event]:
        """The events that name the person or organization of this id, in order of date, undated last."""
        with setup.guarded(self.database):
            return queries.events_of(self.alias, who)

    def file_of(self, who: str) -> list[EventOnFile]:
        """The events in the person's file, each with its claims."""
        with setup.guarded(self.database):
            events = queries.events_of(self.alias, who)
            claims = queries.claims_of(self.alias, [c for e in events for c in e.claims])
            documents = queries.documents_of(self.alias, [*{c.document for c in claims.values()}])
        return queries.files_on_people(events, claims, documents).get(who, [])

    def event(self, id: str) -> Event:
        """The event of this id. Raises NotFound."""
        if isinstance(found := self.show(id), Event):
            return found
        raise NotFound(f"{id} is not an event")

    def document(self, id: str) -> Document:
        """The document of this id. Raises NotFound."""
        if isinstance(found := self.show(id), Document):
            return found
        raise NotFound(f"{id} is not a document")

    def claim(self, id: str) -> Claim:
        """The claim of this id. Raises NotFound."""
        if isinstance(found := self.show(id), Claim):
            return found
        raise NotFound(f"{id} is not a claim")

    def show(self, id: str) -> Claim | Event | Document:
        """The claim, event or document of this id. Raises NotFound."""
        alias = self.alias
        from khronika.record import models, rows

        with setup.guarded(self.database):
            if claim := queries.claims_of(alias, [id]).get(id):
                return claim
            if document := queries.documents_of(alias, [id]).get(id):
                return document
            body = models.Event.objects.using(alias).filter(key=id).values_list("body", flat=True).first()
        if body is None:
            hint = shown.ANOTHER_ID if id.startswith("e") else ""
            raise NotFound(f"no claim, event or document {id} in the record{hint}")
        return rows.event_from_row(rows.load(body))

    def documents(self) -> list[Document]:
        """Every document, in order of arrival."""
        with setup.guarded(self.database):
            return [*self.view().documents()]

    def tellings(self, event: Event) -> list[tuple[Claim, Document]]:
        """The event's claims, each with the document that makes it."""
        with setup.guarded(self.database):
            claims = queries.claims_of(self.alias, event.claims)
            documents = queries.documents_of(self.alias, [*{c.document for c in claims.values()}])
        return [(claims[c], documents[claims[c].document]) for c in event.claims if c in claims]

    def claims_in(self, document: str) -> list[Claim]:
        """The claims of the document of this id, in order of text."""
        with setup.guarded(self.database):
            return queries.claims_in(self.alias, document)

    def second_readings(self, document: str) -> list[SecondReading]:
        """The last reading of the document of this id by each second reader."""
        with setup.guarded(self.database):
            return second.of_document(self.alias, document)

    def awaiting_second(self, sha256: str, reader: str) -> tuple[bool, frozenset[str], bool]:
        """Of the page whose bytes have this hash: whether it is marked as not to leave, the documents that the second
        reader of this name has read, and whether any other is left."""
        with setup.guarded(self.database):
            documents = second.documents_of_page(self.alias, sha256)
            done = second.read_by(self.alias, sha256, reader)
        marked = any(d.keep_local for d in documents)
        return marked, done, not marked and any(d.id not in done for d in documents)

    def event_of(self, claim: str) -> str | None:
        """The id of the event that the claim of this id reports."""
        alias = self.alias
        from khronika.record.models import ClaimEvent

        with setup.guarded(self.database):
            return ClaimEvent.objects.using(alias).filter(a=claim).values_list("b", flat=True).first()

    def name_of(self, id: str) -> str:
        """The name of the person or organization of this id; the id itself where nobody has it."""
        alias = self.alias
        from khronika.record import models, rows

        tables: tuple[Any, ...] = (models.Person, models.Organization)
        with setup.guarded(self.database):
            for model in tables:
                body = model.objects.using(alias).filter(key=id).values_list("body", flat=True).first()
                if body:
                    return rows.person_from_row(rows.load(body)).name
        return id

    def bytes_of(self, sha256: str) -> bytes:
        """The captured bytes. Raises DamagedRecord where they are missing or changed."""
        return folder.kept(self.path, sha256)
