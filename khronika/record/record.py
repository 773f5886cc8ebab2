"""A record: one folder with what was captured, what was read in it, and what follows from that.

record = open_record(Path("record"))
record.case("Aigul Nurlan").status(on="2021-06-23").state
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from khronika.errors import DamagedRecord, NewerRecord, NotFound, SeveralPeople, UsageError
from khronika.facts.claims import Claim, Reading
from khronika.facts.contracts import Linker
from khronika.facts.documents import Capture, Document
from khronika.facts.events import Changes, Event, Person
from khronika.facts.second import SecondReading
from khronika.record import append, book, bulk, checkpoint, custody, derived, folder, log, queries, reach, second, setup
from khronika.record.agefile import Lock
from khronika.record.backup import Manifest, back_up
from khronika.record.case import Case
from khronika.record.checkpoint import Checkpoint
from khronika.record.deciding import Deciding
from khronika.record.flags import flags_of, flags_on
from khronika.record.linkindex import LinkIndex
from khronika.record.naming import find_person
from khronika.record.onfile import EventOnFile
from khronika.record.questions import Questions
from khronika.record.rows import chunks
from khronika.record.verify import Verification, insist, verify
from khronika.record.whole import whole
from khronika.text import edtf

AT_ONCE = 5000
"""Documents linked in one transaction: enough to spread its cost, few enough for any memory."""


def _now() -> str:
    """This moment, RFC 3339, whole seconds."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def open_record(path: Path | str, create: bool = False) -> Record:
    """The record in the folder, checked and ready. `create`: make one where the folder is absent or empty.

    Raises NotARecord, NewerRecord, DamagedRecord; RecordBusy where another run writes and it must be made or migrated.
    """
    record = Record(path)
    record.connect(create)
    return record


class Record(Questions, Deciding):
    """One record. Opens at first use, so that a folder that is not there yet can be read into; usable with `with`.

    Reading is never blocked by another process that writes. Methods that write raise RecordBusy where one does.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self._alias: str | None = None
        self._writing = 0
        self._guard = threading.RLock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Gives the database back; the record opens again at its next use."""
        if self._alias:
            book.forget(self._alias)
            setup.disconnect(self._alias)
            self._alias = None

    # --- opening

    @property
    def alias(self) -> str:
        """The database alias, opened if need be."""
        if self._alias is None:
            self.connect(create=False)
        assert self._alias
        return self._alias

    @property
    def database(self) -> Path:
        """The database file."""
        return self.path / folder.DATABASE

    def connect(self, create: bool, short: bool = False) -> None:
        """Opens the record; see `open_record`. `short`: even where the end of it is lost."""
        if self._alias:
            return
        if create and folder.is_new(self.path):
            self._create()
        folder.check(self.path)
        alias = setup.connect(self.database)
        try:
            self._ready(alias)
            if not short:
                self._check_end(alias)
        except BaseException:
            setup.disconnect(alias)
            raise
        self._alias = alias

    def _check_end(self, alias: str) -> None:
        """Raises DamagedRecord where the record lacks what was written last."""
        with setup.guarded(self.database):
            try:
                lost = log.lost(alias, self.path)
            except DamagedRecord:  # a damaged note says nothing; `verify` names it
                return
        if lost:
            raise DamagedRecord(f"{self.database}: {lost}; docs/keeping.md says what to do")

    def _ready(self, alias: str) -> None:
        """Checks the schema and that the record has its beginning; migrates an older one."""
        behind, unknown = setup.pending(alias, self.database)
        if unknown:
            raise NewerRecord(f"{self.database} has changes that this khronika does not know ({min(unknown)})")
        if behind:
            if not setup.has_tables(alias, self.database):
                raise DamagedRecord(f"{self.database}: the tables are gone")
            with folder.locked(self.path):
                self._migrate(alias)
        with setup.guarded(self.database):
            if log.is_empty(alias):
                raise DamagedRecord(f"{self.database}: the log is empty")

    def _migrate(self, alias: str) -> None:
        """Brings an older record to this version's schema; another process may have done so meanwhile."""
        behind, _ = setup.pending(alias, self.database)
        if behind:
            body = {"migrations": behind}
            setup.migrate(alias, self.database, lambda: log.write(alias, "migrated", _now(), body))

    def _create(self) -> None:
        """Makes the record; a creation that is cut off leaves nothing that counts as one.

        Folder and database are for their owner alone: names and places of people at risk are in them.
        """
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(f"{self.path}: cannot be made: {error.strerror}") from error
        with folder.locked(self.path):
            if not folder.is_new(self.path):
                return
            for leftover in (*self.path.glob(folder.DATABASE + "*"), *self.path.glob(reach.NAME)):
                leftover.unlink()
            unfinished = self.path / folder.UNFINISHED
            unfinished.touch(mode=0o600)
            now = _now()
            mark = folder.mark_text(now)
            alias = setup.connect(unfinished)
            try:
                setup.migrate(alias, unfinished)
                log.write(alias, "created", now, {"format": folder.FORMAT, "mark": folder.hash_of(mark.encode())})
            finally:
                setup.disconnect(alias)
            unfinished.replace(self.database)
            folder.write_whole(self.path / folder.MARK, mark.encode())

    # --- writing

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Holds the record for writing: nobody else writes until the block ends. May be nested. Raises RecordBusy."""
        with self._guard, ExitStack() as held:
            if self._writing == 0:
                alias = self.alias  # opens it, or tells what is wrong with it
                held.enter_context(folder.locked(self.path))
                self._check_end(alias)
            self._writing += 1
            held.callback(self._done)
            with setup.guarded(self.database):
                yield

    def _done(self) -> None:
        """One block that writes is left."""
        self._writing -= 1

    def append(self, capture: Capture, documents: Sequence[Document], readings: Sequence[Reading]) -> append.Appended:
        """Adds a captured page with all that was read in it, in one transaction; what is there already is left alone.

        `readings`: one for each document. Raises ReadError where a claim's words are not in its document.
        """
        with self.writing():
            folder.keep(self.path, capture.sha256, capture.content)
            return append.append(self.alias, _now(), capture, documents, readings)

    def append_second(self, document: Document, reading: SecondReading) -> bool:
        """Adds what a second reader said of a document that is in the record; False where there is nothing to add.

        Its proposals are kept beside the claims: no event and no custody rests on one.
        """
        with self.writing():
            return second.add(self.alias, _now(), document, reading)

    def fail(self, source: str, step: str, reason: str) -> None:
        """Records that a source failed at a step ("capture", "read", "manifest")."""
        with self.writing():
            append.fail(self.alias, _now(), source, step, reason)

    def clear(self, source: str) -> None:
        """Records that a source that had failed has succeeded."""
        with self.writing():
            append.clear(self.alias, _now(), source)

    def moment(self) -> str:
        """This moment, as the log has it."""
        return _now()

    def begin_run(self, reader: str) -> None:
        """Records that a run that changes the record begins."""
        with self.writing():
            append.begin_run(self.alias, _now(), reader)

    def derive(self, link: Linker, anew: bool = False, most: int = AT_ONCE) -> None:
        """Derives people, organizations, events and custody of all documents of which nothing is derived yet.

        Parameters: `link`, which says what new documents change; `anew`: nothing that was derived stays, and until all
        is derived again the record shows the old state; `most`: documents a transaction, else. A run that is cut off
        goes on where it was.
        """
        with self.writing():
            state, end = book.now(self.alias), log.head(self.alias)
            known = None if anew else derived.derivation(self.alias)
            before = book.until(self.alias, book.since(self.alias, known[0])) if known else None
            changed = book.redecided_documents(self.alias, before, state) if before else set()
            waiting = [*derived.unlinked(self.alias, most, end, anew)]  # no cursor open while others write
            changed -= {d for _, documents in waiting for d in documents}
            # All of it in one transaction takes long, and people who decide wait: so only where one batch is not all.
            with setup.changing(self.alias) if anew and len(waiting) > 1 else nullcontext():
                for head, documents in waiting:
                    blank = known is None and head == waiting[0][0]
                    changes = link(LinkIndex(self.alias, state, changed, before, blank), documents)
                    with setup.changing(self.alias):
                        if blank:
                            derived.clear(self.alias)
                        self._amend(changes, head)
                    changed = set()

    def _amend(self, changes: Changes, head: str) -> None:
        """Puts changes into the derived tables, with the custody of those whom they concern, and what cannot be so."""
        amendment = derived.Amendment(self.alias)
        amendment.take(changes)
        for on_file in bulk.on_files(self.alias, changes.linked.events):
            amendment.flag(flags_of(on_file))
        for some in chunks(queries.people_among(self.alias, amendment.people)):
            files = bulk.files(self.alias, some).of
            for who in some:
                file = files.get(who, ())
                spells = custody.intervals(file)
                amendment.custody(who, spells, flags_on(who, file, spells))
        amendment.close(head)

    # --- what is there

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

    def check(self, since: Sequence[Checkpoint] = ()) -> Verification:
        """Checks every byte and row; says what does not hold. `since`: checkpoints that it must have grown from."""
        self.connect(create=False, short=True)
        with self.snapshot():  # begins with its first question: after the note of the log's reach was read
            return verify(self.alias, self.path, since)

    def checkpoint(self, key: Path | None = None) -> Checkpoint:
        """A signed statement of how far the log reaches now, for others to keep; see `check`. `key`: the file of the
        key, the record's own where none is given; made where there is none. Raises UsageError, OSError."""
        with self.snapshot():
            return checkpoint.state(self.alias, _now(), checkpoint.key_in(key or self.path / checkpoint.KEY))

    def verify(self, since: Sequence[Checkpoint] = ()) -> Verification:
        """As `check`, but raises DamagedRecord, naming files and rows, where something does not hold."""
        return insist(self.check(since))

    def backup(self, file: Path | str, lock: Lock | None = None) -> Manifest:
        """Writes the whole record into one new file, while it is in use; see `backup.back_up`. `lock`: encrypt it."""
        return back_up(self.alias, self.path, Path(file), lock)

    # --- questions

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

    def case(self, name: str) -> Case:
        """The case of the person called `name`; see `person` for names and errors."""
        return Case(self, self.person(name))

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
            raise NotFound(f"no claim, event or document {id} in the record")
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
