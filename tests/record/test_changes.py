"""What changed since a day: what the record said as known then, beside what it says now."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khronika.errors import UsageError
from khronika.facts.events import Interval
from khronika.record.changes import differences
from khronika.record.custody import status
from khronika.record.record import Record
from tests.telling import ARREST, Teller, term

JORUN, TAVI = {"targets": ("Jorun Velkaste",)}, {"targets": ("Tavi Ostrem",)}


@pytest.fixture
def told(empty: Record) -> Record:
    """Jorun arrested on 1 June, 15 days on the 3rd; on the 10th one outlet says 10 days; freed on the 8th, as is told
    on the 12th; Tavi arrested on the 20th. Read in any order: here the latest first."""
    teller = Teller(empty)
    teller.story(
        "2031-06-21", ("Tavi Ostrem was detained on 20 June.", "detention", TAVI | {"date": "2031-06-20"}),
        ("Tavi Ostrem will go on trial on 1 July.", "trial", TAVI | {"date": "2031-07-01"}),
    )  # fmt: skip
    teller.story(
        "2031-06-12", ("Jorun Velkaste was freed on 8 June.", "release", JORUN | {"date": "2031-06-08"}),
        outlet="Meridian",
    )  # fmt: skip
    teller.story(
        "2031-06-10",
        ("Jorun Velkaste got 10 days on 3 June.", "sentence", JORUN | term(ARREST, "P10D") | {"date": "2031-06-03"}),
        outlet="Far Bank",
    )
    teller.story(
        "2031-06-04",
        ("Jorun Velkaste was detained on 1 June.", "detention", JORUN | {"date": "2031-06-01"}),
        ("Jorun Velkaste got 15 days on 3 June.", "sentence", JORUN | term(ARREST, "P15D") | {"date": "2031-06-03"}),
    )
    teller.story(None, ("Tavi Ostrem was detained.", "detention", TAVI), outlet="Undated")
    return teller.done()


def test_the_clock_is_the_day_on_which_a_story_became_known(told):
    """By publication, not by the order of reading; a story without any date is counted apart."""
    found = told.changes("2031-06-04")
    assert (found.since, found.until, found.documents, found.undated) == ("2031-06-04", "2031-06-21", 3, 1)
    assert told.changes("2031-06-04", "2031-06-10").documents == 1


def test_changed_custody(told):
    """Then in jail as known then, now free as known now, with the new sentence that says so."""
    jorun, tavi = told.changes("2031-06-04").custody
    assert (jorun.name, jorun.then, jorun.now, jorun.since) == ("Jorun Velkaste", "detained", "free", "2031-06-08")
    assert [s.quote for s in jorun.because] == ["Jorun Velkaste was freed on 8 June."]
    assert (tavi.then, tavi.now) == ("unknown", "detained")


def test_a_term_that_ran_out_in_silence(empty):
    """Nothing is told after the sentence; that the term is over and no release reported is a change."""
    teller = Teller(empty)
    teller.story(
        "2031-06-04",
        ("Jorun Velkaste got 15 days on 3 June.", "sentence", JORUN | term(ARREST, "P15D") | {"date": "2031-06-03"}),
    )
    teller.story("2031-09-01", ("Tavi Ostrem was freed on 1 August.", "release", TAVI | {"date": "2031-08-01"}))
    record = teller.done()
    for until in ("2031-06-18", "2031-07-01"):
        (one,) = record.changes("2031-06-10", until).custody
        assert (one.name, one.then, one.now, one.overdue) == ("Jorun Velkaste", "detained", "unknown", True)
    assert record.changes("2031-06-10", "2031-06-17").custody == ()


def test_a_term_that_ran_out_as_known_then_though_later_news_moved_it(empty):
    """In August it is told that the term was raised in June: as known in July a release was overdue all the same."""
    teller = Teller(empty)
    teller.story(
        "2031-06-04",
        ("Jorun Velkaste got 15 days on 3 June.", "sentence", JORUN | term(ARREST, "P15D") | {"date": "2031-06-03"}),
    )
    teller.story(
        "2031-08-04",
        ("The term of Jorun Velkaste was raised to 90 days on 10 June.", "sentence_change",
         JORUN | term(ARREST, "P90D") | {"date": "2031-06-10", "subtype": "raised"}),
    )  # fmt: skip
    (one,) = teller.done().changes("2031-06-12", "2031-07-01").custody
    assert (one.then, one.now, one.overdue) == ("detained", "unknown", True)


def test_corrections_of_earlier_days(told):
    """On the 10th the record said that Jorun was in jail on the 8th and 9th; now it says free, from the 8th on."""
    (one,) = told.changes("2031-06-10").corrections
    assert (one.name, one.start, one.end, one.said, one.says) == (
        "Jorun Velkaste", "2031-06-08", None, "detained", "free",
    )  # fmt: skip
    assert [s.quote for s in one.because] == ["Jorun Velkaste was freed on 8 June."]
    assert told.case("velkaste").status("2031-06-09", known="2031-06-10").state == one.said
    assert told.case("velkaste").status("2031-06-09").state == one.says


def test_what_could_not_be_said_then_is_news_and_no_correction(told):
    """Before the first story nothing was known of Jorun: nothing is corrected."""
    assert told.changes("2031-06-02").corrections == ()


def test_new_contradictions_and_events_told_otherwise(told):
    """10 days beside 15: a contradiction that is new after the 4th, with both sides' words, and not new after the
    10th."""
    found = told.changes("2031-06-04", "2031-06-10")
    (one,) = found.contradictions
    assert (one.kind, one.field, len(one.sides)) == ("term", "penalties", 2)
    assert told.changes("2031-06-10").contradictions == ()
    assert {s.sentences[0].quote for s in one.sides} == {
        "Jorun Velkaste got 10 days on 3 June.", "Jorun Velkaste got 15 days on 3 June.",
    }  # fmt: skip


def test_new_people_and_events(told):
    """Of Tavi nothing was known; the arrest and the announced trial are new, with their sentences."""
    found = told.changes("2031-06-12")
    assert [(p.name, p.first) for p in found.people] == [("Tavi Ostrem", "2031-06-21")]
    assert [(e.type, e.date, e.people[0][1]) for e in found.events] == [
        ("detention", "2031-06-20", "Tavi Ostrem"), ("trial", "2031-07-01", "Tavi Ostrem"),
    ]  # fmt: skip
    assert all(e.told for e in found.events)
    assert found.changed == ()


def test_nothing_after_the_last_day(told):
    """After the last story nothing changed, and no day before the first asked is answered for."""
    found = told.changes("2032-01-01")
    assert (found.until, found.documents, found.custody, found.events) == ("2032-01-01", 0, (), ())
    assert told.changes("2031-06-04", "2031-06-04").documents == 0


def test_two_spans_tell_what_one_tells(told):
    """Events, people and stories new in a span are those new in its two halves."""
    whole = told.changes("2031-06-01")
    halves = told.changes("2031-06-01", "2031-06-10"), told.changes("2031-06-10")
    assert {e.event for e in whole.events} == {e.event for half in halves for e in half.events}
    assert {p.person for p in whole.people} == {p.person for half in halves for p in half.people}
    assert whole.documents == sum(half.documents for half in halves)


@pytest.mark.parametrize("wrong", [("x", None), ("2031-06-04", "2031-06-03"), ("2031-06-04", "2031-06-31")])
def test_wrong_use_is_said(told, wrong):
    """A day that is none, a span that ends before it begins."""
    with pytest.raises(UsageError):
        told.changes(*wrong)


def test_an_empty_record_has_not_changed(empty):
    """Nothing is in it, nothing changed."""
    assert empty.changes("2031-06-04").events == ()


DAYS = st.integers(0, 40).map(lambda n: (date(2031, 1, 1) + timedelta(days=n)).isoformat())


@st.composite
def histories(draw: st.DrawFn) -> list[Interval]:
    """Intervals one after the other, as custody gives them."""
    cuts = sorted(draw(st.sets(DAYS, max_size=5)))
    states = draw(st.lists(st.sampled_from(["free", "detained", "unknown"]), min_size=len(cuts), max_size=len(cuts)))
    ends = [*cuts[1:], None] if cuts else []
    return [
        Interval(start=a, end=b, state=s, held=None, because=()) for a, b, s in zip(cuts, ends, states, strict=True)
    ]


@settings(max_examples=200, deadline=None)
@given(histories(), histories(), DAYS)
def test_differences_are_exactly_the_days_on_which_two_histories_differ(before, after, until):
    """Day by day: a day is in a span exactly if the two say different states of it."""
    last = date.fromisoformat(until)
    spans = differences(before, after, last)
    for number in range(60):
        day = date(2030, 12, 25) + timedelta(days=number)
        if day > last:
            break
        said, says = status(before, day).state, status(after, day).state
        there = [s for s in spans if s[0] <= day.isoformat() and (s[1] is None or day.isoformat() < s[1])]
        assert [(s[2].state, s[3].state) for s in there] == ([(said, says)] if said != says else [])
