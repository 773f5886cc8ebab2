"""One run of reading into a record: what is skipped, kept and noted, and what the run did in all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from khronika.errors import CaptureError
from khronika.facts.claims import Reading
from khronika.facts.documents import Capture, Document
from khronika.record.record import Record


@dataclass(frozen=True, slots=True)
class Failed:
    """A source that failed: its name, the step ("manifest", "capture", "read", "record"), the reason."""

    source: str
    step: str
    reason: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page on its way: its bytes, or why not; then its stories and what is in each. `known`: it is in the record."""

    source: str
    capture: Capture | None = None
    stories: tuple[tuple[Document, Reading], ...] = ()
    failed: Failed | None = None
    known: bool = False


@dataclass(slots=True, kw_only=True)
class Report:
    """What a run did.

    `new`: documents added; `unchanged`: documents of pages that the record had, kept as `kept_readers` read them;
    `other_lexicon`: some of those read them by other frames than this run's; `claims`: added; `documents`: all in the
    record now; `seconds` it took.
    """

    new: int = 0
    unchanged: int = 0
    failed: list[Failed] = field(default_factory=list)
    kept_readers: set[str] = field(default_factory=set)
    other_lexicon: bool = False
    documents: int = 0
    claims: int = 0
    seconds: float = 0.0


class Run:
    """A run. The record must be held for writing as long as it lasts."""

    def __init__(self, record: Record) -> None:
        self.report = Report()
        self._record = record
        self._failing = {source for source, _, _ in record.failures()}

    def check(self, errors: Sequence[CaptureError]) -> None:
        """Notes what is wrong with the manifest; what was wrong in an earlier run and is right now is cleared."""
        for error in errors:
            self.fail(Failed(error.source, "manifest", error.reason))
        now = {error.source for error in errors}
        for source, step, _ in self._record.failures():
            if step == "manifest" and source not in now:
                self._record.clear(source)

    def skip(self, page: Page) -> Page:
        """The page, marked as known where the record has it and nothing of it had failed: it need not be read again."""
        if not page.capture or page.source in self._failing:
            return page
        reader = self._record.reader_of(page.capture.sha256)
        return page if reader is None else replace(page, known=True)

    def keep(self, page: Page) -> None:
        """Records what a page gave: its stories, its failure, or that it was there."""
        if page.capture and page.stories:
            self._append(page.capture, page.stories)
        elif page.capture and page.known:
            self._there(page.capture)
        if page.failed:
            self.fail(page.failed)
        else:
            self._record.clear(page.source)

    def _append(self, capture: Capture, stories: Sequence[tuple[Document, Reading]]) -> None:
        """Appends the page; the first one that adds something also says with which reader the run reads."""
        added = self._record.append(capture, [d for d, _ in stories], [r for _, r in stories])
        if added.documents and not self.report.new:
            self._record.begin_run(stories[0][1].reader)
        if not added.documents:
            self._there(capture)
        self.report.new += added.documents
        self.report.claims += added.claims

    def _there(self, capture: Capture) -> None:
        """Counts the documents of a page that the record had."""
        self.report.unchanged += self._record.count_documents(capture.sha256)
        self.report.kept_readers.add(self._record.reader_of(capture.sha256) or "")

    def fail(self, failed: Failed) -> None:
        """Notes a failure, in the record and for the report."""
        self._record.fail(failed.source, failed.step, failed.reason)
        self.report.failed.append(failed)
