"""Terms of ISO 8601 added to days."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khronika.record.days import add, until


@pytest.mark.parametrize(
    ("day", "term", "end"),
    [
        ("2021-06-22", "P15D", "2021-07-07"),
        ("2018-11-01", "P4Y", "2022-11-01"),
        ("2020-08-31", "P6M", "2021-02-28"),
        ("2020-02-29", "P8Y6M", "2028-08-29"),
        ("2021-01-01", "P2W", "2021-01-15"),
        ("2021-01-01", "PT5H", "2021-01-02"),
    ],
)
def test_the_first_day_after_a_term(day: str, term: str, end: str) -> None:
    """15 days from 22 June end on 7 July; months end with the month; hours hold the day itself."""
    assert until(date.fromisoformat(day), term) == date.fromisoformat(end)


@pytest.mark.parametrize("term", ["", "P", "15D", "P15", "PT", "P9999Y", "P1D" * 50, "P-3D", "P٣D"])
def test_what_is_no_term_or_too_long_has_no_end(term: str) -> None:
    """Never an exception: readers make slips."""
    assert until(date(2021, 6, 22), term) is None


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 5000))
def test_days_there_and_back(day: date, days: int) -> None:
    """A term of days taken off again gives the same day."""
    moved = add(day, f"P{days}D")
    assert moved
    assert add(moved, f"P{days}D", -1) == day
