"""Contradictions: found where accounts differ, none averaged away, the worst first by the rule of the module's head."""

from __future__ import annotations

import pytest

from khronika.errors import NotFound, UsageError
from khronika.facts.claims import Count, Status
from khronika.record.contradictions import RANKS, Contradiction, Side, in_order, kind_of
from khronika.record.record import Record
from tests.telling import ARREST, Teller, term

JORUN, TAVI = {"targets": ("Jorun Velkaste",)}, {"targets": ("Tavi Ostrem",)}


@pytest.fixture
def told(empty: Record) -> Record:
    """Tavi's arrest told by one and denied by one; Jorun's days in jail 10 or 15, for a rally or a film; marchers 20
    or 300."""
    teller = Teller(empty)
    for outlet, days, charge in (("The Courier", 15, "organizing a rally"), ("Meridian", 10, "filming police")):
        teller.story(
            "2031-06-22",
            (f"Jorun Velkaste got {days} days for {charge} on 21 June.", "sentence",
             JORUN | term(ARREST, f"P{days}D") | {"date": "2031-06-21", "charge": charge, "place": ("Oravat",)}),
            outlet=outlet,
        )  # fmt: skip
    teller.story(
        "2031-07-02",
        ("Tavi Ostrem was detained on 1 July.", "detention", TAVI | {"date": "2031-07-01"}),
        ("Some 20 people marched in Oravat on 1 July.", "protest",
         {"date": "2031-07-01", "place": ("Oravat",), "count": Count(20, 20), "subtype": "rally"}),
    )  # fmt: skip
    teller.story(
        "2031-07-03",
        ("Tavi Ostrem was never detained, police said.", "detention",
         TAVI | {"date": "2031-07-01", "status": Status.DENIED, "speaker": "police"}),
        ("In Oravat 300 people marched on 1 July.", "protest",
         {"date": "2031-07-01", "place": ("Oravat",), "count": Count(300, 300), "subtype": "rally"}),
        outlet="State Wire",
    )  # fmt: skip
    return teller.done()


def test_what_hangs_on_it_decides_first(told):
    """Held or not, before how long, before what for, before how many."""
    assert [c.kind for c in told.contradictions()] == ["held", "term", "charge", "figure"]


def test_each_side_has_its_words(told):
    """Both values, each with its origins and sentences; nothing in between them."""
    held, days, *_ = told.contradictions()
    assert [(s.value, s.origins, s.sentences[0].quote) for s in held.sides] == [
        ("happened", 1, "Tavi Ostrem was detained on 1 July."),
        ("denied", 1, "Tavi Ostrem was never detained, police said."),
    ]
    assert held.people[0][1] == "Tavi Ostrem"
    assert {s.value["duration"] for s in days.sides} == {"P10D", "P15D"}
    for one in told.contradictions():
        for side in one.sides:
            for words in side.sentences:
                assert told.claim(words.claim).quote == words.quote
                assert words.claim in told.event(one.event).claims


def test_narrowed_to_a_person_a_kind_a_number(told):
    """The same contradictions in the same order, fewer of them."""
    everything = told.contradictions()
    assert told.contradictions(person="ostrem") == everything[:1]
    assert [c.kind for c in told.contradictions(person="velkaste")] == ["term", "charge"]
    assert told.contradictions(kind="charge") == [c for c in everything if c.kind == "charge"]
    assert told.contradictions(worst=2) == everything[:2]
    assert told.contradictions(person="ostrem", kind="charge") == []


def test_a_copy_adds_no_origin(empty):
    """Ten copies of one report of 15 days stand as one origin against the one that says 10."""
    teller = Teller(empty)
    words = "Jorun Velkaste got 15 days for a rally that filled the square in Oravat on 21 June, the court said."
    long = words + " The hall was full and the judge read for an hour while rain fell on the roof of the old building."
    for day in range(1, 6):
        teller.story(
            f"2031-07-0{day}",
            (long, "sentence", JORUN | term(ARREST, "P15D") | {"date": "2031-06-21", "place": ("Oravat",)}),
            outlet="The Courier",
        )
    teller.story(
        "2031-07-07",
        ("Jorun Velkaste got ten days on 21 June.", "sentence",
         JORUN | term(ARREST, "P10D") | {"date": "2031-06-21", "place": ("Oravat",)}),
        outlet="Meridian",
    )  # fmt: skip
    (one,) = teller.done().contradictions()
    assert [side.origins for side in one.sides] == [1, 1]


def contradiction(kind: str, *origins: int, date: str | None = "2031-06-21", event: str = "e1") -> Contradiction:
    sides = tuple(Side(value=n, origins=n) for n in origins)
    return Contradiction(kind=kind, event=event, type="release", field="date", date=date, sides=sides)


def test_the_order_is_the_stated_rule():
    """Rank, then the weaker side's origins, then the stronger side's, then the later day, undated last."""
    wanted = [
        contradiction("held", 1, 1),
        contradiction("term", 2, 2),
        contradiction("term", 5, 1),
        contradiction("term", 2, 1),
        contradiction("term", 1, 1, date="2031-07-01"),
        contradiction("term", 1, 1, date="2031-06"),
        contradiction("term", 1, 1, date=None),
        contradiction("impossible", 9),
        contradiction("detail", 9, 9),
    ]
    assert in_order(reversed(wanted)) == wanted
    assert in_order(wanted[4:] + wanted[:4]) == wanted


def test_every_field_that_can_differ_has_a_rank():
    """Whatever reconciling sets side by side has its place in the order."""
    for kind in ("detention", "release", "protest", "death", "figure"):
        for field in ("status", "date", "place", "subtype", "count", "charge", "penalties", "anything new"):
            assert kind_of(kind, field) in RANKS
    assert (kind_of("release", "date"), kind_of("protest", "date")) == ("term", "detail")
    assert (kind_of("death", "status"), kind_of("ill_treatment", "status")) == ("held", "event")


@pytest.mark.parametrize("wrong", [{"kind": "worst"}, {"worst": 0}, {"worst": -1}])
def test_wrong_use_is_said(told, wrong):
    """A kind that there is not, a number that is none."""
    with pytest.raises(UsageError):
        told.contradictions(**wrong)


def test_a_person_who_is_not_there(told):
    """Not found is not the same as free of contradictions."""
    with pytest.raises(NotFound):
        told.contradictions(person="Aurelio Montague")


def test_no_contradiction_in_an_empty_record(empty):
    """Nothing is told, nothing contradicts."""
    assert empty.contradictions() == []
