"""The recipe: files and folders of news → a record.

1. manifest   what the documenter knows about the files
2. capture    the bytes of each page, hashed before anything reads them
3. skip       pages that the record has
4. read       page → stories → claims, in this process or in several; a second reader, if there is one, is asked too
5. record     one transaction a page, in the order of the files, whoever read them
6. link       people, organizations, events and custody: what the new stories change

A document that fails is named with its step and reason; the others are read all the same.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from khronika.capture.files import FoundFile, capture_file, find_files
from khronika.capture.manifest import BadRow, ManifestRow, load_manifest, missing_rows, row_for
from khronika.errors import CaptureError, DocumentError, KhronikaError, RecordBusy, UsageError
from khronika.facts.claims import Reading
from khronika.facts.contracts import Progress, Reader, SecondReader
from khronika.facts.documents import Document
from khronika.pool import Pool
from khronika.publish.export import export
from khronika.read.lexicon import is_other, name_of
from khronika.record import record as room
from khronika.record.folder import is_new
from khronika.record.run import Failed, Page, Report, Run
from khronika.settings import Settings, keep_to_threads

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to read. `jobs`: processes; `progress`: called with (pages done, pages); `reader`: None: the one that the
    settings name; with several jobs a given one must be picklable. `second`: asked about every story besides, one after
    another whatever `jobs` says; what it says is kept as proposals."""

    manifest: Path | None = None
    jobs: int = 1
    progress: Progress | None = None
    settings: Settings = field(default_factory=Settings)
    reader: Reader | None = None
    second: SecondReader | None = None


class Record(room.Record):
    """A record that can be read into and exported."""

    def __init__(self, path: Path | str, settings: Settings | None = None) -> None:
        super().__init__(path)
        self.settings = settings or Settings.from_environment()

    def read(
        self,
        paths: Sequence[Path | str] | Path | str,
        manifest: Path | str | None = None,
        jobs: int = 1,
        progress: Progress | None = None,
        second: SecondReader | None = None,
    ) -> Report:
        """Reads files and folders; see `flow.read` and `Options`."""
        rows = Path(manifest) if manifest else None
        how = Options(manifest=rows, jobs=jobs, progress=progress, settings=self.settings, second=second)
        return read([paths] if isinstance(paths, str | Path) else paths, self, how)

    def export(self, to: Path | str, as_: str = "jsonl") -> tuple[Path, ...]:
        """Writes the record into the folder `to`; gives the files. Raises UsageError; see `publish.export`."""
        with self.snapshot() as view:
            return export(view, to, as_)

    def follow(self) -> None:
        """Derives what follows from a decision; a run that is writing takes it up itself when it links."""
        with suppress(RecordBusy):
            link(self)


def open(path: Path | str, create: bool = True, encoding: str | None = None, lexicon: str | None = None) -> Record:
    """The record in a folder. `create`: a folder that is absent or empty may be read into; nothing is made before that.
    `encoding`: of every file read, instead of detecting each; `lexicon`: a folder with frames of one's own, added to
    the bundled ones. Raises NotARecord, NewerRecord, DamagedRecord."""
    settings = Settings.from_environment(encoding=encoding, lexicon=lexicon)
    keep_to_threads(settings.threads)
    record = Record(path, settings)
    if not create or not is_new(record.path):
        record.connect(create=False)
    return record


def read(paths: Sequence[Path | str], record: room.Record, options: Options) -> Report:
    """Reads files and folders into the record, which is made where there is none.

    Raises ManifestError, LexiconError, ModelError, RecordBusy and the like; what one document fails of is reported.
    """
    began = time.monotonic()
    frames = name_of(options.settings.lexicon)  # read once here: a bad file stops the start
    if inside := [p for p in paths if record.path.resolve().is_relative_to(Path(p).resolve())]:
        raise UsageError(f"the record {record.path} lies in {inside[0]}, which is to be read: choose another --record")
    rows, errors = load_manifest(options.manifest) if options.manifest else ({}, [])
    found = [*find_files([Path(p) for p in paths], options.manifest)]
    errors += missing_rows(rows, [f.source for f in found if isinstance(f, FoundFile)], options.manifest)
    record.connect(create=True)
    with record.writing():
        run = Run(record, options.second.name if options.second else None)
        if options.manifest:
            run.check(errors)
        hands = _Hands(rows, options.settings, options.reader, options.second)
        pages = map(run.skip, _captured(found, rows, errors, options.settings))
        pool = Pool(hands, 1 if options.second else options.jobs, Page.is_open, lambda page: page, Page.lost)
        for done, page in enumerate(pool.in_order(pages), 1):
            if isinstance(kept := _attempt("record", page.source, run.keep, page), Failed):
                run.fail(kept)
            if options.progress:
                options.progress(done, len(found))
        link(record)
        run.report.documents = record.count_documents()
        run.report.other_lexicon = any(is_other(name, frames) for name in run.report.kept_readers)
    run.report.seconds = time.monotonic() - began
    return run.report


def _captured(
    found: Sequence[FoundFile | CaptureError],
    rows: Mapping[str, ManifestRow],
    errors: Sequence[CaptureError],
    settings: Settings,
) -> Iterator[Page]:
    """The pages' bytes. A file whose row is bad waits until it is right: read now, it would lack its date for good."""
    unusable = {e.row_source: e for e in errors if isinstance(e, BadRow) and e.row_source}
    for item in found:
        if isinstance(item, CaptureError):
            yield Page(item.source, failed=Failed(item.source, item.step, item.reason))
        elif bad := unusable.get(item.source) or unusable.get(item.source.rpartition("/")[2]):
            yield Page(item.source, failed=Failed(item.source, "manifest", f"waits for its row: {bad}"))
        else:
            row = row_for(rows, item.source)
            now = (row.captured if row else None) or datetime.now(UTC).isoformat(timespec="seconds")
            done = _attempt("capture", item.source, capture_file, item, settings, now)
            yield Page(item.source, failed=done) if isinstance(done, Failed) else Page(item.source, done)


@dataclass
class _Hands:
    """Reads pages: their stories, and what is in each. Loads the reader at the first page."""

    rows: Mapping[str, ManifestRow]
    settings: Settings
    reader: Reader | None = None
    second: SecondReader | None = None

    def __call__(self, page: Page) -> Page:
        """The page with its stories; those that fail are left out and named."""
        from khronika.capture.stories import split  # here, so that asking a record does not load what reads pages
        from khronika.read.reader import load_reader

        assert page.capture
        self.reader = self.reader or load_reader(self.settings)
        row = row_for(self.rows, page.source)
        if isinstance(stories := _attempt("capture", page.source, split, page.capture, row, self.settings), Failed):
            return replace(page, failed=stories)
        read: list[tuple[Document, Reading]] = []
        failed: list[Failed] = []
        for story in stories:
            if isinstance(reading := _attempt("read", page.source, self.reader.read, story), Failed):
                failed.append(replace(reading, reason=f"story {story.part}: {reading.reason}"))
            else:
                read.append((story, reading))
        new = [replace(s, keep_local=s.keep_local or page.keep_local) for s, _ in read if s.id not in page.settled]
        said = _attempt("second", page.source, self.second.consult, new) if self.second else ()
        return replace(page, stories=tuple(read), failed=failed[0] if failed else None, second=said)


def link(record: room.Record, anew: bool = False) -> None:
    """People, organizations, events and custody of what is new; `anew`: of everything. Raises RecordBusy."""
    from khronika.link.update import update
    from khronika.read.gazetteer import Gazetteer

    while anew or record.is_stale():  # again where somebody decided meanwhile
        record.derive(partial(update, locate=Gazetteer.load().locate), anew)
        anew = False


def _attempt(step: str, source: str, call: Callable[..., T], *args: object) -> T | Failed:
    """What the call gives, or why it failed. What fails the whole run (disk, record, model) is raised."""
    try:
        return call(*args)
    except DocumentError as error:
        return Failed(source, error.step, error.reason)
    except (KhronikaError, OSError):
        raise
    except Exception as error:  # noqa: BLE001  (the only one: a bug met in one document must not stop a thousand others)
        return Failed(source, step, f"{type(error).__name__}: {error}"[:500])
