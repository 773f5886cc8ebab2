"""Writing: all of a page or none of it, nothing twice, everything in the log."""

from __future__ import annotations

from dataclasses import replace

import pytest

from khronika.errors import ReadError
from khronika.record import log
from khronika.record.record import Record
from tests import stories


def test_the_same_page_twice_adds_nothing(record: Record) -> None:
    """Appending again leaves rows and log as they are."""
    before = log.head(record.alias), record.check()
    added = record.append(*stories.page(stories.ARREST, "other name.txt"))
    assert (added.documents, added.claims) == (0, 0)
    assert (log.head(record.alias), record.check()) == before


def test_a_page_is_appended_whole_or_not_at_all(empty: Record) -> None:
    """A reading with a claim whose words are not in the text: no row of the page stays, the log has not grown."""
    capture, [document], [reading] = stories.page(stories.ARREST)
    second = replace(document, id="d2", part=2, text="Another story.", blocks=())
    wrong = replace(reading, document="d2", claims=(replace(reading.claims[0], document="d2"),))
    before = log.head(empty.alias)
    with pytest.raises(ReadError, match="words are not at"):
        empty.append(capture, [document, second], [reading, wrong])
    assert (empty.documents(), [*empty.view().claims()], log.head(empty.alias)) == ([], [], before)
    assert empty.reader_of(capture.sha256) is None
    assert empty.check().ok


def test_readings_must_fit_documents(empty: Record) -> None:
    """A document without a reading, or a reading of something else, is a mistake of the caller."""
    capture, documents, readings = stories.page(stories.ARREST)
    with pytest.raises(ValueError, match="reading"):
        empty.append(capture, documents, [])
    with pytest.raises(ValueError, match="another capture"):
        empty.append(capture, [replace(documents[0], sha256="0" * 64)], readings)


def test_a_story_that_failed_before_joins_its_page_later(empty: Record) -> None:
    """A page of two stories, one unread at first: appending again adds only the second; verification holds."""
    capture, [document], [reading] = stories.page(stories.ARREST)
    second = replace(document, id="d2", part=2)
    late = replace(reading, document="d2", claims=tuple(replace(c, document="d2") for c in reading.claims))
    empty.append(capture, [document], [reading])
    added = empty.append(capture, [document, second], [reading, late])
    assert (added.documents, empty.count_documents()) == (1, 2)
    assert empty.check().damaged == ()


def test_failures_are_appended_and_cleared(empty: Record) -> None:
    """A failure stands until the source succeeds; the same failure again adds nothing."""
    empty.fail("b.txt", "capture", "empty file")
    head = log.head(empty.alias)
    empty.fail("b.txt", "capture", "empty file")
    assert log.head(empty.alias) == head
    assert empty.failures() == [("b.txt", "capture", "empty file")]
    empty.clear("b.txt")
    empty.clear("b.txt")
    empty.clear("never failed.txt")
    assert empty.failures() == []
    assert [e.act for e in log.entries(empty.alias)] == ["created", "failure", "cleared"]
