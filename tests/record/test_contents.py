"""What a record holds, found by name, kind, time and id."""

from __future__ import annotations

import subprocess
import sys

import pytest

from khronika.errors import NotFound, SeveralPeople, UsageError
from khronika.flow import link
from khronika.record.record import Record
from tests import stories


@pytest.mark.parametrize("ask", ["show", "failures"])
def test_any_question_may_be_the_first(ask: str, record: Record) -> None:
    """A record opens at its first use, whichever that is; here in a process where no record was open before."""
    code = f"""
import sys
from khronika import Record
from khronika.errors import NotFound
record = Record({str(record.path)!r})
try:
    record.{ask}({"'x'" if ask == "show" else ""})
except NotFound:
    pass
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_stale_until_derived_again(record: Record) -> None:
    """A run that was cut off before linking is seen."""
    assert not record.is_stale()
    record.append(*stories.page("Nothing new."))
    assert record.is_stale()
    link(record)
    assert not record.is_stale()


def test_names_as_typed(record: Record) -> None:
    """Surname alone, any case; nobody; several; bad days."""
    assert record.person("OSPAN").name == "Daniyar Ospan"
    with pytest.raises(NotFound, match="Daniyar Ospan") as caught:
        record.person("Danya Ospanbek")
    assert not isinstance(caught.value, SeveralPeople)
    with pytest.raises(UsageError, match="not a day"):
        record.case("Ospan").status(on="yesterday")


def test_several_people_of_one_surname_are_told_apart(record: Record) -> None:
    """Each with first event, number of documents, id."""
    record.append(*stories.page("Guards released Saule Nurlan on 2020-01-05.", "3.txt"))
    link(record)
    with pytest.raises(SeveralPeople) as caught:
        record.person("Nurlan")
    assert len(caught.value.people) == 2
    assert "release 2020-01-05" in str(caught.value)
    assert record.person("Saule Nurlan").name == "Saule Nurlan"


def test_events_by_kind_and_time(record: Record) -> None:
    """Kind, bounds as day, month or year; a bad date is the caller's mistake."""
    assert [e.type for e in record.events()] == ["detention", "sentence", "detention", "release"]
    assert [e.date for e in record.events(type="detention", from_="2021-06-23", to="2021-06")] == ["2021-06-25"]
    assert record.events(place="Almaty") == []
    with pytest.raises(UsageError, match="yesterday"):
        record.events(from_="yesterday")


def test_show_claim_event_and_document(record: Record) -> None:
    """Each by its id; an id of another kind or of nothing is not found."""
    event = record.events()[0]
    [(claim, document)] = record.tellings(event)
    assert (record.show(event.id), record.show(claim.id), record.show(document.id)) == (event, claim, document)
    assert (record.event_of(claim.id), record.claims_in(document.id)[0]) == (event.id, claim)
    assert record.name_of(event.targets[0]) == "Aigul Nurlan"
    for ask in (record.event, record.document):
        with pytest.raises(NotFound):
            ask(claim.id)
    with pytest.raises(NotFound):
        record.show("d' OR 1=1 --")


def test_a_slip_in_a_given_name_alone_is_another_name(record: Record) -> None:
    """Where somebody was is not answered for another person; a slip in the surname is still understood."""
    with pytest.raises(NotFound):
        record.person("Aigal")
    assert record.person("Nurlann").name == "Aigul Nurlan"
