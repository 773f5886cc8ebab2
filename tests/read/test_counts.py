"""The count of an unnamed group (codebook, field `count`, rules 5 and 17)."""

import pytest

from khronika.facts.claims import Count
from khronika.read.counts import count_of


@pytest.mark.parametrize(
    ("phrase", "count"),
    [
        ("at least 20 people", Count(20)),
        ("around 30 protesters", Count(30, 30, approx=True)),
        ("two other women", Count(2, 2)),
        ("several activists", Count(2)),
        ("dozens of residents", Count(24, approx=True)),
        ("two of the 30 detainees", Count(2, 2)),
        ("up to 100 students", Count(max=100)),
        ("a man", None),
        ("many activists", None),
        ("the 45-year-old teacher", None),
        ("", None),
    ],
)
def test_count(phrase: str, count: Count | None) -> None:
    """Number words give a count with its bounds; without one there is none."""
    assert count_of(phrase) == count
