"""Penalties: kind, term, sum, and a span of their own."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khronika.facts.claims import Penalty
from khronika.read.penalties import find_penalties

JAIL, PRISON = "administrative_arrest", "imprisonment"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("He was sentenced to 12 days in jail.", [Penalty(JAIL, "P12D")]),
        ("She got ten days of administrative arrest.", [Penalty(JAIL, "P10D")]),
        ("He was jailed for 20 days.", [Penalty(JAIL, "P20D")]),
        ("He got three months in jail.", [Penalty(PRISON, "P3M")]),
        ("The judge handed him nine years in prison.", [Penalty(PRISON, "P9Y")]),
        ("He is serving an 11-year sentence.", [Penalty(PRISON, "P11Y")]),
        ("She was sentenced to four years for extremism.", [Penalty(PRISON, "P4Y")]),
        ("She was sent to prison for 6 1/2 years.", [Penalty(PRISON, "P6Y6M")]),
        ("He got seven years in a maximum-security penal colony.", [Penalty(PRISON, "P7Y")]),
        (
            "They were given five and six years in prison, respectively.",
            [Penalty(PRISON, "P5Y"), Penalty(PRISON, "P6Y")],
        ),
        (
            "The terms were two years, three years and four years in prison.",
            [Penalty(PRISON, "P2Y"), Penalty(PRISON, "P3Y"), Penalty(PRISON, "P4Y")],
        ),
        ("He faces up to 15 years in prison.", [Penalty(PRISON, "P15Y", detail="up to")]),
        ("She got life in prison.", [Penalty(PRISON, detail="life")]),
        ("Both were sentenced to death.", [Penalty("death")]),
        ("He received a suspended sentence of two years.", [Penalty("suspended", "P2Y")]),
        ("He received a three-year suspended sentence.", [Penalty("suspended", "P3Y")]),
        ("She got two years in prison, suspended.", [Penalty("suspended", "P2Y")]),
        ("She was put under house arrest for two months.", [Penalty("house_arrest", "P2M")]),
        ("He got one year of “restricted freedom.”", [Penalty("freedom_limitation", "P1Y")]),
        ("A parole-like sentence was handed down.", [Penalty("freedom_limitation", detail="parole-like")]),
        ("She got 100 hours of community service.", [Penalty("freedom_limitation", "PT100H")]),
        ("The court ordered compulsory psychiatric treatment.", [Penalty("compulsory_treatment")]),
        (
            "He was banned from practicing law for five years.",
            [Penalty("activity_ban", "P5Y", detail="practicing law")],
        ),
        ("A three-year ban on public activity was added.", [Penalty("activity_ban", "P3Y", detail="public activity")]),
        ("She was given 74 lashes.", [Penalty("corporal", detail="74 lashes")]),
        (
            "They were fined 30,000 rubles ($400) and 20,000 rubles ($270), respectively.",
            [
                Penalty("fine", amount=30_000, currency="RUB", detail="$400"),
                Penalty("fine", amount=20_000, currency="RUB", detail="$270"),
            ],
        ),
        ("The court imposed a $500 fine.", [Penalty("fine", amount=500, currency="USD")]),
        ("The court fined two women.", [Penalty("fine")]),
        ("His prison term was cut by six months.", [Penalty(PRISON, detail="cut by six months")]),
    ],
)
def test_found(sentence: str, expected: list[Penalty]) -> None:
    """Each kind of the codebook in the wordings of court reports."""
    assert [span.penalty for span in find_penalties(sentence)] == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "After 17 days in detention she was let go.",
        "He spent two years in prison before the amnesty.",
        "They were ordered held for two months of pretrial detention.",
        "The five-year plan and the 10-day festival were a success.",
        "The 53-year-old teacher picketed for 30 days.",
        "The company paid $500 for the hall.",
        "",
    ],
)
def test_none(sentence: str) -> None:
    """Time served, detention before trial, plans, ages and prices are no penalties."""
    assert find_penalties(sentence) == []


def test_own_spans() -> None:
    """Each penalty of a sentence has the words that state it, so that it can go to its own target."""
    text = "He got 15 days in jail, she was fined 500 pounds and their son two months of house arrest."
    spans = find_penalties(text, "EG")
    assert [text[s.start : s.end] for s in spans] == ["15 days in jail", "500 pounds", "two months of house arrest"]
    assert spans[1].penalty.currency == "EGP"


PIECES = [
    "sentenced",
    "to",
    "15",
    "days",
    "in",
    "jail",
    "two",
    "years",
    "and",
    "fined",
    "$500",
    "a",
    "suspended",
    "sentence",
    "of",
    "house",
    "arrest",
    "for",
    "banned",
    "from",
    "life",
    "death",
    "lashes",
    ",",
    ".",
    "cut",
    "by",
    "half",
    "fine",
    "prison",
]


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=16).map(" ".join)))
def test_spans(text: str) -> None:
    """Whatever the text, spans lie in it, in order, and do not overlap."""
    end = 0
    for span in find_penalties(text):
        assert end <= span.start < span.end <= len(text)
        end = span.end


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("prison terms of between three and five years each", [("imprisonment", "P3Y"), ("imprisonment", "P5Y")]),
        ("jailed for four to six years", [("imprisonment", "P4Y"), ("imprisonment", "P6Y")]),
        ("a two-year jail term suspended for four years", [("suspended", "P2Y")]),
        ("stripped of his political rights for five years", [("activity_ban", "P5Y")]),
        ("a three-year travel ban", [("activity_ban", "P3Y")]),
        ("sentenced the clerk on May 7 to one year in jail", [("imprisonment", "P1Y")]),
        ("sentenced to 4-1/2 years in prison", [("imprisonment", "P4Y6M")]),
    ],
)
def test_ranges_suspensions_and_bans(text, stated):
    """Both ends of a range count; how long a sentence is suspended for is no term; rights can be taken for years."""
    assert [(s.penalty.kind, s.penalty.duration) for s in find_penalties(text)] == stated
