"""One run of reading into a record: what is skipped, kept and noted, and what the run did in all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from khronika.errors import CaptureError
from khronika.facts.claims import Claim, Reading
from khronika.facts.documents import Capture, Document
from khronika.facts.second import Outcome, SecondReading, compare
from khronika.record.record import Record


@dataclass(frozen=True, slots=True)
class Failed:
    """A source that failed: its name, the step ("manifest", "capture", "read", "record"), the reason."""

    source: str
    step: str
    reason: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page on its way: its bytes, or why not; then its stories and what is in each. `known`: it is in the record.

    `second`: what the second reader says of its stories, or why it says nothing of any; `settled`: ids of documents
    that it has read before; `keep_local`: the record has the page as one that is not to leave.
    """

    source: str
    capture: Capture | None = None
    stories: tuple[tuple[Document, Reading], ...] = ()
    failed: Failed | None = None
    known: bool = False
    second: tuple[SecondReading, ...] | Failed = ()
    settled: frozenset[str] = frozenset()
    keep_local: bool = False

    def is_open(self) -> bool:
        """Whether it is to be read."""
        return not (self.known or self.failed)

    def lost(self) -> Page:
        """The page after a process died on it."""
        return replace(self, failed=Failed(self.source, "read", "the process that read it died, perhaps out of memory"))


@dataclass(slots=True, kw_only=True)
class SecondReport:
    """What a run's second reader `reader` did.

    `read`, `withheld`, `unasked`: documents; `failed`: one for each other document, `why_unasked`: the reason.
    `agreed`: proposals that say of an event what a claim says, `differing`: those that differ from their claim in a
    field; `only_first`: claims, `only_second`: proposals that the other has not. `dropped`: by reason.
    """

    reader: str
    read: int = 0
    withheld: int = 0
    unasked: int = 0
    why_unasked: str = ""
    failed: list[Failed] = field(default_factory=list)
    agreed: int = 0
    differing: int = 0
    only_first: int = 0
    only_second: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    tokens: int = 0

    def count(self, source: str, reading: SecondReading, claims: Sequence[Claim]) -> None:
        """Counts one document's second reading against the `claims` that the record has of it."""
        self.tokens += reading.tokens
        self.dropped.update(dict(reading.dropped))
        if reading.outcome is Outcome.WITHHELD:
            self.withheld += 1
        elif reading.outcome is Outcome.UNASKED:
            self.unasked, self.why_unasked = self.unasked + 1, reading.reason or ""
        elif reading.outcome is Outcome.FAILED:
            self.failed.append(Failed(source, "second", reading.reason or ""))
        else:
            found = compare(claims, reading.claims)
            same = sum(not match.differs for match in found.matches)
            self.read += 1
            self.agreed += same
            self.differing += len(found.matches) - same
            self.only_first += len(found.only_claims)
            self.only_second += len(found.only_proposals)


@dataclass(slots=True, kw_only=True)
class Report:
    """What a run did.

    `new`: documents added, of which the reader left `unread` those whose words promise no claim; `unchanged`: documents
    of pages that the record had, kept as `kept_readers` read them; `other_lexicon`: some of those read them by other
    frames than this run's; `claims`: added; `documents`: all in the record now; `seconds` it took; `second`: what a
    second reader did, if one was asked.
    """

    new: int = 0
    unread: int = 0
    unchanged: int = 0
    failed: list[Failed] = field(default_factory=list)
    kept_readers: set[str] = field(default_factory=set)
    other_lexicon: bool = False
    documents: int = 0
    claims: int = 0
    seconds: float = 0.0
    second: SecondReport | None = None


class Run:
    """A run. The record must be held for writing as long as it lasts. `second`: the second reader's name, if any."""

    def __init__(self, record: Record, second: str | None = None) -> None:
        self.report = Report(second=SecondReport(reader=second) if second else None)
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
        """The page, marked as known where the record has it, nothing of it had failed and the second reader, if there
        is one, has read it: it need not be read again."""
        if not page.capture or self._record.reader_of(page.capture.sha256) is None:
            return page
        left = False
        if self.report.second:
            marked, settled, left = self._record.awaiting_second(page.capture.sha256, self.report.second.reader)
            page = replace(page, keep_local=marked, settled=settled)
        return page if left or page.source in self._failing else replace(page, known=True)

    def keep(self, page: Page) -> None:
        """Records what a page gave: its stories, its failure, or that it was there."""
        if page.capture and page.stories:
            self._append(page.capture, page.stories)
            self._second(page)
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
        if added.documents:
            self.report.unread += sum(reading.unread for _, reading in stories)
        else:
            self._there(capture)
        self.report.new += added.documents
        self.report.claims += added.claims

    def _second(self, page: Page) -> None:
        """Appends what the second reader said of the page, and counts how it agrees with the claims in force."""
        told = self.report.second
        if told is None:
            return
        if isinstance(page.second, Failed):
            reason = page.second.reason
            lost = (d.id for d, _ in page.stories if d.id not in page.settled)
            found = tuple(
                SecondReading(document=i, reader=told.reader, outcome=Outcome.FAILED, reason=reason) for i in lost
            )
        else:
            found = page.second
        for reading in found:
            self._record.append_second(self._record.document(reading.document), reading)
            told.count(page.source, reading, self._record.claims_in(reading.document))

    def _there(self, capture: Capture) -> None:
        """Counts the documents of a page that the record had."""
        self.report.unchanged += self._record.count_documents(capture.sha256)
        self.report.kept_readers.add(self._record.reader_of(capture.sha256) or "")

    def fail(self, failed: Failed) -> None:
        """Notes a failure, in the record and for the report."""
        self._record.fail(failed.source, failed.step, failed.reason)
        self.report.failed.append(failed)
