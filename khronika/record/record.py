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
from typing import Self

from khronika.errors import DamagedRecord, NewerRecord, UsageError
from khronika.facts.claims import Reading
from khronika.facts.contracts import Linker
from khronika.facts.documents import Capture, Document
from khronika.facts.events import Changes
from khronika.facts.second import SecondReading
from khronika.record import append, book, bulk, checkpoint, custody, derived, folder, log, queries, reach, second, setup
from khronika.record.agefile import Lock
from khronika.record.backup import Manifest, back_up
from khronika.record.case import Case
from khronika.record.checkpoint import Checkpoint
from khronika.record.deciding import Deciding
from khronika.record.flags import flags_of, flags_on
from khronika.record.linkindex import LinkIndex
from khronika.record.questions import Questions
from khronika.record.rows import chunks
from khronika.record.verify import Verification, insist, verify

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

    # --- keeping it whole

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

    def case(self, name: str) -> Case:
        """The case of the person called `name`; see `person` for names and errors."""
        return Case(self, self.person(name))
