from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khronika.cli import wording
from khronika.facts.claims import Count, Penalty, Status
from khronika.facts.events import Event


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2024-09-11", "2024-09-11"),
        ("2024-09", "2024-09"),
        ("2024-09-11/2024-09-13", "2024-09-11 to 2024-09-13"),
        ("../2020", "until 2020"),
        ("2020/..", "since 2020"),
        ("../..", "undated"),
        (None, "undated"),
    ],
)
def test_dates_are_read_aloud_and_unknown_ones_named(edtf, words):
    """An interval's ends keep their meaning, an absent date is said to be absent."""
    assert wording.date(edtf) == words


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("P15D", "15 days"),
        ("P1D", "1 day"),
        ("P8Y6M", "8 years 6 months"),
        ("PT48H", "48 hours"),
        ("P", "P"),
        ("fifteen days", "fifteen days"),
        (None, ""),
    ],
)
def test_terms_in_words(iso, words):
    """What is a duration is put in words, what is not stays as it is: no term is invented."""
    assert wording.term(iso) == words


@given(st.integers(0, 99), st.integers(0, 11), st.integers(0, 400))
def test_every_number_of_a_term_is_said(years, months, days):
    """No part of a term is lost in the words."""
    words = wording.term(f"P{years}Y{months}M{days}D").split()
    assert [int(w) for w in words if w.isdigit()] == [years, months, days]


@pytest.mark.parametrize(
    ("penalty", "words"),
    [
        (Penalty("administrative_arrest", duration="P15D"), "15 days of administrative arrest"),
        (Penalty("fine", amount=145000, currency="KZT"), "fine of 145,000 KZT"),
        (Penalty("fine", amount=0.5, currency="EUR"), "fine of 0.50 EUR"),
        (Penalty("other", detail="a reprimand"), "other (a reprimand)"),
        (Penalty("death"), "death"),
    ],
)
def test_penalties_in_words(penalty, words):
    """Kind, term and amount as a person would say them."""
    assert wording.penalty(penalty) == words


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (Count(20, None), "20 or more people"),
        (Count(None, 5), "up to 5 people"),
        (Count(30, 30, approx=True), "about 30 people"),
        (Count(2, 4), "2 to 4 people"),
        (Count(1, 1), "1 person"),
        (Count(), ""),
        (None, ""),
    ],
)
def test_bounds_of_a_number_are_kept(count, words):
    """A lower bound is never shown as a number, nor an unknown bound as zero."""
    assert wording.people(count) == words


def test_what_nobody_reports_as_having_happened_is_marked():
    """A denied, demanded, planned or possible event never reads like one that took place."""
    for status in set(Status) - {Status.HAPPENED}:
        assert str(status) in wording.kind(Event(id="e1", type="release", claims=(), status=status))
    assert wording.kind(Event(id="e1", type="release", claims=())) == "release"


def test_copies_are_not_counted_as_origins():
    """Three reports of which two are one text: two origins."""
    assert wording.reports(2, 3) == "2 independent origins, 3 reports"
    assert wording.reports(1, 1) == "1 independent origin"
