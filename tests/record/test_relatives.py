"""A person's ties and who speaks for the person, each with its sentence."""

from __future__ import annotations

import pytest

from khronika.errors import NotFound
from khronika.facts.claims import Status
from khronika.record.record import Record
from tests.telling import Teller

JORUN = {"targets": ("Jorun Velkaste",)}
WIFE = "Dana Velkaste, the wife of Jorun Velkaste, said he was detained on 1 March."


@pytest.fixture
def told(empty: Record) -> Record:
    """Jorun's wife, son, movement; a lawyer and an unnamed brother speak for him, a ministry speaks about him."""
    teller = Teller(empty)
    who = JORUN | {"date": "2031-03-01"}
    teller.story(
        "2031-03-02",
        (WIFE, "detention", who | {"speaker": "Dana Velkaste"}),
        ("“They took me at dawn,” Jorun Velkaste said.", "detention", who | {"speaker": "Jorun Velkaste"}),
        relations=(
            ("Dana Velkaste", "spouse", "Jorun Velkaste", WIFE),
            ("Jorun Velkaste", "parent", "Emil Velkaste", "Jorun Velkaste is the father of Emil Velkaste."),
            ("Jorun Velkaste", "leader_of", "The Open Harbor", "Jorun Velkaste leads The Open Harbor."),
        ),
    )
    teller.story(
        "2031-03-04",
        ("He is held in Oravat, said Selma Ostrem, the lawyer of Jorun Velkaste.", "detention",
         who | {"speaker": "Selma Ostrem"}),
        outlet="Meridian", hints={"Selma Ostrem": ("lawyer",)},
    )  # fmt: skip
    teller.story(
        "2031-03-05",
        ("His brother said that Jorun Velkaste was taken on 1 March.", "detention", who | {"speaker": "his brother"}),
        ("Later his brother said that Jorun Velkaste was held.", "detention", who | {"speaker": "his brother"}),
        ("Nobody detained Jorun Velkaste, the interior ministry said.", "detention",
         who | {"speaker": "interior ministry", "status": Status.DENIED}),
        ("Jorun Velkaste is well, a court spokesman said.", "detention", who | {"speaker": "court spokesman"}),
        outlet="State Wire",
    )  # fmt: skip
    return teller.done()


def test_ties_read_from_the_persons_side(told):
    """His wife is the spouse; of his son he is the father, so that one is the child; he leads a movement."""
    ties = told.relatives("Jorun Velkaste").ties
    assert [(t.kind, t.name, t.of) for t in ties] == [
        ("child", "Emil Velkaste", False),
        ("spouse", "Dana Velkaste", False),
        ("leader_of", "The Open Harbor", True),
    ]
    assert [(t.kind, t.name, t.of) for t in told.relatives("Emil Velkaste").ties] == [
        ("parent", "Jorun Velkaste", False)
    ]


def test_each_tie_has_its_sentence(told):
    """Nobody is anyone's wife without the words that say so."""
    for tie in told.relatives("Jorun Velkaste").ties:
        assert tie.told
        assert tie.other
    assert told.relatives("Jorun Velkaste").ties[1].told[0].quote == WIFE


def test_who_speaks_for_him_and_who_about_him(told):
    """Wife, lawyer, brother and he himself speak for him; a ministry and a court's spokesman do not."""
    found = told.relatives("Jorun Velkaste")
    assert {(s.name, s.why) for s in found.speaks_for} == {
        ("Dana Velkaste", "spouse"), ("Selma Ostrem", "lawyer"), ("Jorun Velkaste", "self"), ("his brother", "brother"),
    }  # fmt: skip
    assert {s.name for s in found.also_quoted} == {"interior ministry", "court spokesman"}
    brother = next(s for s in found.speaks_for if s.why == "brother")
    assert len(brother.said) == 2
    for speaker in (*found.speaks_for, *found.also_quoted):
        for words in speaker.said:
            assert told.claim(words.claim).quote == words.quote


def test_nobody_said_and_nobody_there(told):
    """One without ties has none; one who is not in the record is an error."""
    assert told.relatives("Selma Ostrem").ties == ()
    with pytest.raises(NotFound):
        told.relatives("Aurelio Montague")
