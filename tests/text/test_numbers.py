"""Cardinals, counts with bounds, and sums of money."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khronika.text.money import find_money
from khronika.text.numbers import find_numbers
from khronika.text.numerals import find_numerals, value_of

UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
)
TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety"


def spelled(n: int) -> str:
    """The number in words."""
    if n < 20:
        return UNITS.split()[n]
    if n < 100:
        return TENS.split()[n // 10] + (f"-{UNITS.split()[n % 10]}" if n % 10 else "")
    if n < 1000:
        return f"{UNITS.split()[n // 100]} hundred" + (f" and {spelled(n % 100)}" if n % 100 else "")
    for size, word in ((10**9, "billion"), (10**6, "million"), (1000, "thousand")):
        if n >= size:
            return f"{spelled(n // size)} {word}" + (f" {spelled(n % size)}" if n % size else "")
    raise AssertionError(n)


@given(st.integers(1, 999_999_999))
def test_round_trip(n: int) -> None:
    """A number reads the same in words, in figures and with thousands separators."""
    assert value_of(spelled(n)) == value_of(str(n)) == value_of(f"{n:,}") == n
    assert [x.value for x in find_numerals(f"There were {spelled(n)} of them.")] == [n]


@pytest.mark.parametrize("bad", ["", "several", "and", "a", "12 apples", "twelve apples"])
def test_not_a_number(bad: str) -> None:
    """Other text is refused, not read as zero."""
    with pytest.raises(ValueError, match=r"number|scale"):
        value_of(bad)


@pytest.mark.parametrize(
    ("phrase", "low", "high", "approx"),
    [
        ("at least 20 people", 20, None, False),
        ("more than 300 people", 300, None, False),
        ("as many as 2 million people", None, 2_000_000, False),
        ("up to 500 people", None, 500, False),
        ("around 30 protesters", 30, 30, True),
        ("some 35,000 people", 35_000, 35_000, True),
        ("dozens of people", 24, None, True),
        ("scores of people", 40, None, True),
        ("hundreds of people", 200, None, True),
        ("tens of thousands of people", 20_000, None, True),
        ("several hundred people", 200, None, True),
        ("several activists", 2, None, False),
        ("two dozen men", 24, 24, False),
        ("between 20 and 30 men", 20, 30, False),
        ("20 to 30 men", 20, 30, False),
        ("1 to 2 million people", 1_000_000, 2_000_000, False),
        ("two or three men", 2, 3, False),
        ("2 lakh people", 200_000, 200_000, False),
        ("1.5 million people", 1_500_000, 1_500_000, False),
        ("300 or more people", 300, None, False),
        ("one man", 1, 1, False),
        ("the 12-member group", 12, 12, False),
    ],
)
def test_counts(phrase: str, low: int | None, high: int | None, approx: bool) -> None:
    """Bounds, estimates, ranges, vague words and Indian scales."""
    (span,) = find_numbers(f"Police took {phrase} away.")
    assert (span.min, span.max, span.approx) == (low, high, approx)


@pytest.mark.parametrize(
    "sentence",
    [
        "On March 5, 2021, at 10:30 a.m., he got 15 days.",
        "The 53-year-old, 45, fined $300 and 20,000 tenges, walked 20 kilometers.",
        "Under Article 174 and Law No. 5, 50 percent, 7th, COVID-19, A4.",
        "No one of them said one day that one of us would.",
        "Prices rose 3.5 times.",
    ],
)
def test_no_counts(sentence: str) -> None:
    """Dates, ages, terms, sums, measures, labels, shares and pronouns count nobody."""
    assert [sentence[s.start : s.end] for s in find_numbers(sentence)] == []


@pytest.mark.parametrize(
    ("text", "country", "sums"),
    [
        (
            "fines of 90,000 tenges ($210) and of 36,500 tenges ($85)",
            None,
            [(90_000, "KZT", "$210"), (36_500, "KZT", "$85")],
        ),
        ("a bail of $5,000 or €1.2m", None, [(5000, "USD", None), (1_200_000, "EUR", None)]),
        ("20,000 Russian rubles (about $270)", None, [(20_000, "RUB", "about $270")]),
        ("500 Saudi riyals", None, [(500, "SAR", None)]),
        ("1 million won", None, [(1_000_000, "KRW", None)]),
        ("Rs 25,000", "PK", [(25_000, "PKR", None)]),
        ("100 pounds", "EG", [(100, "EGP", None)]),
        ("100 pounds", None, [(100, "GBP", None)]),
        ("300 Hong Kong dollars", None, [(300, "HKD", None)]),
        ("3,000 pesos", None, [(3000, None, None)]),
        ("3,000 pesos", "MX", [(3000, "MXN", None)]),
        ("500,000 CFA francs", "CM", [(500_000, "XAF", None)]),
        ("5 lakh rupees", None, [(500_000, "INR", None)]),
        ("the two won a prize", None, []),
        ("20 people and 3 dogs", None, []),
    ],
)
def test_money(text: str, country: str | None, sums: list[tuple[float, str | None, str | None]]) -> None:
    """Signs, nouns, adjectives, conversions; the country settles a noun that several share; unknown stays unknown."""
    assert [(m.amount, m.currency, m.detail) for m in find_money(text, country)] == sums


PIECES = [
    "at",
    "least",
    "20",
    "to",
    "30",
    "up",
    "million",
    "dozens",
    "of",
    "$",
    "$5",
    "1,000",
    "tenges",
    "(",
    "$3)",
    "one",
    "and",
    "between",
    "%",
    "lakh",
    "several",
    "hundred",
    "-",
    "9" * 40,
    "€",
    "rubles",
    "or",
    "more",
    "12.5",
]


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join)))
def test_spans(text: str) -> None:
    """Whatever the text, spans lie in it, in order, and bounds are not turned around."""
    for found in (find_numbers(text), find_money(text, "KZ")):
        end = 0
        for span in found:
            assert end <= span.start < span.end <= len(text)
            end = span.end
    for count in find_numbers(text):
        assert count.min is not None or count.max is not None
        assert count.min is None or count.max is None or count.min <= count.max
