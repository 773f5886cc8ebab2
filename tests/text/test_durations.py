"""Durations as ISO 8601, and what is no duration."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khronika.text.durations import days_of, find_durations, iso


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("She got 15 days.", ["P15D"]),
        ("The term is two and a half years.", ["P2Y6M"]),
        ("The term is 8 1/2 years, not 8½ years.", ["P8Y6M", "P8Y6M"]),
        ("He served a year and a half.", ["P1Y6M"]),
        ("It was a 17-year term after a six-month trial.", ["P17Y", "P6M"]),
        ("The ban lasts one year, the curfew 18 months and the arrest 48 hours.", ["P1Y", "P18M", "PT48H"]),
        ("He was away for a decade.", ["P10Y"]),
        ("She got two years and six months.", ["P2Y6M"]),
        ("She got a two-year, six-month term.", ["P2Y6M"]),
        ("He was sentenced to a year in prison.", ["P1Y"]),
        ("Half a year passed.", ["P6M"]),
        ("It took three weeks and two days.", ["P23D"]),
        ("It took two and a half months.", ["P2M15D"]),
    ],
)
def test_values(sentence: str, values: list[str]) -> None:
    """Figures, words, hyphens, halves and sums of units."""
    assert [d.iso for d in find_durations(sentence)] == values


@pytest.mark.parametrize(
    "sentence",
    [
        "The 53-year-old left.",
        "She is 45 years old.",
        "Two years ago he left.",
        "Ten days later he left.",
        "He prays once a day.",
        "It is the 30-year anniversary.",
        "The year ended.",
    ],
)
def test_none(sentence: str) -> None:
    """Ages, distances in time, rates and anniversaries are no durations."""
    assert find_durations(sentence) == []


def test_approximate() -> None:
    """A word of estimate before it makes a duration approximate."""
    about, exact = find_durations("He was held for nearly two years and she for three months.")
    assert (about.iso, about.approx, exact.iso, exact.approx) == ("P2Y", True, "P3M", False)


def test_days() -> None:
    """Days of a duration, for comparing; nonsense is refused."""
    assert days_of("P15D") == 15
    assert days_of("P2W") == 14
    assert days_of("PT48H") == 2
    assert days_of("P1Y6M") == pytest.approx(548, abs=1)
    for bad in ("", "P", "15D", "P1Y2"):
        with pytest.raises(ValueError, match="duration"):
            days_of(bad)


@given(st.integers(1, 99), st.sampled_from(["day", "week", "month", "year"]))
def test_written_durations_come_back(n: int, unit: str) -> None:
    """A number and a unit give the same duration with and without a hyphen."""
    value = iso({unit[0].upper(): n})
    assert [d.iso for d in find_durations(f"It lasted {n} {unit}s.")] == [value]
    assert [d.iso for d in find_durations(f"It was a {n}-{unit} stay.")] == [value]


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(
            st.sampled_from(
                [
                    "two",
                    "and",
                    "a",
                    "half",
                    "years",
                    "year",
                    "15",
                    "days,",
                    "1/2",
                    "½",
                    "-",
                    "old",
                    "ago",
                    "hundred",
                    "0",
                    "999999999",
                ]
            ),
            max_size=12,
        ).map(" ".join),
    )
)
def test_spans(text: str) -> None:
    """Whatever the text, spans lie in it in order, and each value can be counted in days."""
    end = 0
    for span in find_durations(text):
        assert end <= span.start < span.end <= len(text)
        end = span.end
        assert days_of(span.iso) >= 0
