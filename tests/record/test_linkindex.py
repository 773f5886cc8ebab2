"""What linking asks of a record: the same answers from the tables as from memory."""

from __future__ import annotations

from khronika.link.memory import MemoryIndex
from khronika.link.update import update
from khronika.record.linkindex import LinkIndex
from khronika.record.record import Record
from tests.telling import Teller

WHO, BODIES = "Jorun Velkaste", ("The Open Harbor", "Interior Ministry")


def told(record: Record) -> None:
    """Four stories that name bodies and a person, in two runs."""
    teller = Teller(record)
    for day in (2, 3, 4, 5):
        details = {"targets": (WHO,), "actors": BODIES[: day % 2 + 1], "place": ("Oravat",)}
        teller.story(f"2031-03-0{day}", (f"He was taken on day {day}.", "detention", details), outlet=f"Paper {day}")
        if day in {3, 5}:
            teller.done()


def all_keys(record: Record) -> set[int]:
    """Every number under which a document of the record is found."""
    from khronika.record.models import Key

    return {*Key.objects.using(record.alias).values_list("number", flat=True)}


def test_tables_answer_as_memory_does(empty: Record) -> None:
    """Wordings by id, key and organization, who is named where, and which keys are known."""
    told(empty)
    memory, tables = MemoryIndex(empty.view()), LinkIndex(empty.alias)
    memory.take(update(memory, memory.all()))
    bodies = {o.id for o in empty.organizations()}
    assert len(bodies) == 2
    wordings = {w.id: w for w in memory.wordings_of(bodies)}
    assert {w.id: w for w in tables.wordings_of(bodies)} == wordings
    assert tables.wordings([*wordings, "w0"]) == wordings
    assert sorted(w.uses for w in wordings.values()) == [2, 4]
    for body in bodies:
        assert {*tables.documents_naming({body})} == {*memory.documents_naming({body})}
    keys = all_keys(empty)
    assert {*tables.keys_known([*keys, 1, 2])} == {*memory.keys_known([*keys, 1, 2])} == keys


def test_many_keys_are_asked_in_portions(empty: Record) -> None:
    """More keys than one statement takes are all asked for; of nothing, nothing is known."""
    told(empty)
    known = all_keys(empty)
    assert {*LinkIndex(empty.alias).keys_known([*range(2000), *known])} == known
    assert not {*LinkIndex(empty.alias).keys_known([])}
