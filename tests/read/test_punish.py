"""Penalties: which verb a penalty belongs to, and terms without the word prison."""

from __future__ import annotations

import pytest

from khronika.facts.claims import Penalty
from tests.read.conftest import of


@pytest.mark.parametrize(
    ("sentence", "penalties"),
    [
        ("Aset Kairov was jailed for 15 days.", {("administrative_arrest", "P15D")}),
        ("A court jailed the teacher Aset Kairov for ten days.", {("administrative_arrest", "P10D")}),
        (
            "Aset Kairov was sentenced to four years in prison and fined $500.",
            {("imprisonment", "P4Y"), ("fine", None)},
        ),
        ("Aset Kairov is serving an eight-year prison term.", {("imprisonment", "P8Y")}),
        ("Prosecutors had sought eight years.", {("imprisonment", "P8Y")}),
        ("Aset Kairov was also barred from teaching for three years.", {("activity_ban", "P3Y")}),
        ("Aset Kairov was given a suspended sentence of two years.", {("suspended", "P2Y")}),
    ],
)
def test_penalties_of_a_sentence(claims, sentence, penalties):
    """Kind and length as the sentence states them."""
    found = {(p.kind, p.duration) for c in of(claims(sentence), "sentence") for p in c.penalties}
    assert found == penalties


def test_a_conviction_with_a_term_is_a_sentence_too(claims):
    """The penalty belongs to the sentence, not to the finding of guilt."""
    found = claims("Aset Kairov was convicted of libel and sentenced to two years in prison.")
    assert [c.penalties for c in of(found, "conviction")] == [()]
    assert [c.penalties for c in of(found, "sentence")] == [(Penalty("imprisonment", "P2Y"),)]


def test_time_served_is_no_penalty(claims):
    """ "Imprisoned for three years" is time in custody."""
    (detention,) = of(claims("Aset Kairov was imprisoned for three years."), "detention")
    assert detention.duration == "P3Y"
