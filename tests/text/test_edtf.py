"""EDTF values: what is accepted, what days they cover, and the algebra of covering."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khronika.text import edtf

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))
RANGES = st.tuples(DAYS, st.integers(0, 800)).map(lambda r: (r[0], r[0] + timedelta(r[1])))
VALUES = st.one_of(
    RANGES.map(lambda r: edtf.from_range(*r)),
    DAYS.map(lambda d: f"{d:%Y-%m}"),
    DAYS.map(lambda d: f"{d:%Y}"),
    st.tuples(st.integers(1900, 2099), st.integers(21, 24)).map(lambda s: f"{s[0]}-{s[1]}"),
    DAYS.map(lambda d: f"../{d}"),
    DAYS.map(lambda d: f"{d:%Y-%m}/.."),
)


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2021-06-22", date(2021, 6, 22), date(2021, 6, 22)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2018", date(2018, 1, 1), date(2018, 12, 31)),
        ("199X", date(1990, 1, 1), date(1999, 12, 31)),
        ("2020-23", date(2020, 9, 1), date(2020, 11, 30)),
        ("2020-24", date(2020, 12, 1), date(2021, 2, 28)),
        ("2021-02-28/2021-03-05", date(2021, 2, 28), date(2021, 3, 5)),
        ("2018/2021-04", date(2018, 1, 1), date(2021, 4, 30)),
        ("../2021-03", None, date(2021, 3, 31)),
        ("2021-02/..", date(2021, 2, 1), None),
    ],
)
def test_bounds(value: str, first: date | None, last: date | None) -> None:
    """Each form of the codebook covers the days it says; a winter runs into the next year."""
    assert edtf.validate(value) == value
    assert edtf.bounds(value) == (first, last)


@pytest.mark.parametrize(
    ("value", "one"),
    [("2021-06-22", True), ("2021-06-22/2021-06-22", True), ("2021-06", False), ("2021-06-22/..", False)],
)
def test_one_day(value: str, one: bool) -> None:
    """A day is one however it is written; a month, or a side that is open, is not."""
    assert edtf.is_day(value) is one


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "2021-13",
        "2021-02-30",
        "21-06-22",
        "2021/2020",
        "../..",
        "/",
        "2021-6-2",
        "199X-05",
        "2020-25",
        "a/b/c",
        "0000",
        "2021-06-22T10:00",
        "2020-23-01",
        "２０２１",
    ],
)
def test_refused(bad: str) -> None:
    """Anything else is refused, and the message names the value."""
    with pytest.raises(ValueError, match=r"EDTF|interval|decade|day|month|year"):
        edtf.validate(bad)


@pytest.mark.parametrize(
    ("start", "end", "value"),
    [
        (date(2021, 3, 1), date(2021, 3, 31), "2021-03"),
        (date(2021, 1, 1), date(2021, 12, 31), "2021"),
        (date(2017, 1, 1), date(2019, 12, 31), "2017/2019"),
        (date(2021, 3, 1), date(2021, 5, 31), "2021-03/2021-05"),
        (date(2021, 3, 3), date(2021, 3, 3), "2021-03-03"),
        (date(2021, 3, 1), date(2021, 3, 30), "2021-03-01/2021-03-30"),
    ],
)
def test_from_range(start: date, end: date, value: str) -> None:
    """A range that is exactly a day, month or year is written as one."""
    assert edtf.from_range(start, end) == value


def test_nearness() -> None:
    """Days between two values count from their nearest ends; the narrower of two covers fewer days, open ones most."""
    assert edtf.days_apart("2021-06-22", "2021-06-24") == 2
    assert edtf.days_apart("2021-08", "2021-06") == 32
    assert edtf.days_apart("../2018", "2019-01-03") == 3
    assert edtf.days_apart("2021", "2021-06") == 0
    assert edtf.narrower("2021", "2021-06") == "2021-06"
    assert edtf.narrower("2021-06-01", "2021/..") == "2021-06-01"
    assert edtf.narrower("2021-04", "2021-06") == "2021-04"


@given(RANGES)
def test_range_round_trip(days: tuple[date, date]) -> None:
    """Writing a range and reading its bounds gives the range."""
    assert edtf.bounds(edtf.validate(edtf.from_range(*days))) == days


@given(VALUES, VALUES)
def test_algebra(a: str, b: str) -> None:
    """Overlap is symmetric, containing implies overlapping, no days lie between what overlaps, and the
    one inside is the narrower."""
    assert edtf.overlaps(a, b) == edtf.overlaps(b, a)
    assert edtf.overlaps(a, a)
    assert edtf.contains(a, a)
    if edtf.contains(a, b):
        assert edtf.overlaps(a, b)
        assert edtf.bounds(edtf.narrower(a, b)) == edtf.bounds(b)
    assert (edtf.days_apart(a, b) == 0) == edtf.overlaps(a, b)
    assert edtf.days_apart(a, b) == edtf.days_apart(b, a)


@given(DAYS, st.integers(-600, 600))
def test_shift_months(day: date, months: int) -> None:
    """Months shift to the month meant and never past its end."""
    shifted = edtf.shift_months(day, months)
    assert (shifted.year * 12 + shifted.month) - (day.year * 12 + day.month) == months
    assert shifted.day <= day.day
