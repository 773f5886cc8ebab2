"""Second readings in the record: beside the claims, sealed, never in an event."""

from __future__ import annotations

from dataclasses import replace

import pytest

from khronika.errors import ReadError
from khronika.facts.claims import Claim
from khronika.facts.second import Outcome, SecondReading
from khronika.record import log
from khronika.record.record import Record
from tests.stories import ARREST, page


@pytest.fixture
def document(record: Record):
    return next(d for d in record.documents() if ARREST in d.text)


def proposal(document, type="release"):
    return Claim(
        document=document.id, source=document.source, start=0, end=15, quote=document.text[:15], type=type,
        reader="llm 1 / m", targets=("Aigul Nurlan",),
    )  # fmt: skip


def reading(document, *claims, **more):
    return SecondReading(document=document.id, reader="llm 1 / m", claims=claims, **more)


def test_a_proposal_changes_no_event_and_no_custody(record, document):
    """Kept and found again; people, events, custody and the claims are as they were."""
    before = [[*record.view().claims()], record.events(), record.case("Nurlan").status(on="2021-06-24")]
    said = reading(document, proposal(document), dropped=(("tool call", 1),), tokens=7)
    assert record.append_second(document, said)
    assert record.second_readings(document.id) == [said]
    assert [[*record.view().claims()], record.events(), record.case("Nurlan").status(on="2021-06-24")] == before
    assert record.verify().ok


def test_once_by_each_reader(record, document):
    """The same reader's second answer is not kept, another reader's is; a failure may be followed by an answer."""
    failed = reading(document, outcome=Outcome.FAILED, reason="no whole answer in time")
    assert [record.append_second(document, r) for r in (failed, failed)] == [True, False]
    good = reading(document, proposal(document))
    assert [record.append_second(document, r) for r in (good, reading(document), failed)] == [True, False, False]
    other = replace(good, reader="llm 1 / other", claims=(replace(good.claims[0], reader="llm 1 / other"),))
    assert record.append_second(document, other)
    assert record.second_readings(document.id) == [good, other]
    head = log.head(record.alias)
    for outcome in (Outcome.WITHHELD, Outcome.UNASKED):
        assert not record.append_second(document, replace(good, reader="x", outcome=outcome, claims=()))
    assert log.head(record.alias) == head


def test_words_that_are_not_in_the_document_are_refused(record, document):
    """Whatever made the proposal: the record checks it once more."""
    wrong = replace(proposal(document), quote="Police released")
    with pytest.raises(ReadError, match="whose words"):
        record.append_second(document, reading(document, wrong))
    assert record.second_readings(document.id) == []


def test_a_row_that_was_changed_or_taken_away_is_seen(record, document):
    """By its seal, and by the log."""
    from khronika.record.models import SecondReading as Row

    record.append_second(document, reading(document, proposal(document)))
    row = Row.objects.using(record.alias).get()
    Row.objects.using(record.alias).update(body=row.body.replace("release", "death"))
    assert any("second reading" in d for d in record.check().damaged)
    Row.objects.using(record.alias).all().delete()
    assert any("is in the log and gone" in d for d in record.check().damaged)


def test_which_pages_wait_for_a_second_reader(record, document):
    """Those of which it has not read every document, save the ones marked as not to leave."""
    assert record.awaiting_second(document.sha256, "llm 1 / m") == (False, frozenset(), True)
    record.append_second(document, reading(document))
    assert record.awaiting_second(document.sha256, "llm 1 / m") == (False, frozenset({document.id}), False)
    assert record.awaiting_second(document.sha256, "llm 1 / other")[2]
    capture, (marked,), readings = page(ARREST + " Again.", "marked.txt")
    record.append(capture, [replace(marked, keep_local=True)], readings)
    assert record.document(marked.id).keep_local
    assert record.awaiting_second(marked.sha256, "llm 1 / m") == (True, frozenset(), False)


def test_a_record_of_an_earlier_version_is_carried_over(record, document):
    """The table is added when it is opened; what was there holds, and second readings can be added."""
    from django.core.management import call_command

    from khronika.record import derived, models

    models.NameWord.objects.using(record.alias).all().delete()  # an earlier version did not derive these
    models.Derivation.objects.using(record.alias).update(digest=derived.digest_of(record.alias))
    call_command("migrate", "record", "0001", database=record.alias, verbosity=0)
    record.close()
    assert record.verify().ok
    assert record.append_second(document, reading(document, proposal(document)))
    assert record.verify().ok
