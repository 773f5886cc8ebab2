"""When it happened: which time of a sentence dates which claim."""

from __future__ import annotations

import pytest

from tests.read.conftest import of


@pytest.mark.parametrize(
    ("sentence", "kind", "date"),
    [
        ("Aset Kairov was arrested on May 2.", "detention", "2024-05-02"),
        ("On April 12 the lawyer said that Aset Kairov had been arrested the previous day.", "detention", "2024-04-11"),
        ("Aset Kairov, who was arrested in December 2022, was released on Monday.", "detention", "2022-12"),
        ("Aset Kairov, who was arrested in December 2022, was released on Monday.", "release", "2024-05-13"),
        ("Aset Kairov was arrested and charged six months ago.", "charge", "2023-11"),
        ("Aset Kairov has been held in prison since March.", "detention", "2024-03"),
    ],
)
def test_each_claim_has_its_own_time(claims, sentence, kind, date):
    """Own verb first, joined verbs share, a clause keeps its own."""
    assert {c.date for c in of(claims(sentence), kind)} == {date}


def test_without_a_publication_date(claims):
    """Nothing to count "on Monday" from; a full date stands."""
    found = claims("Aset Kairov was arrested on Monday.", published=None)
    assert [c.date for c in of(found, "detention")] == [None]
    found = claims("Aset Kairov was arrested on May 2, 2021.", published=None)
    assert [c.date for c in of(found, "detention")] == ["2021-05-02"]


def test_the_capture_day_completes_a_year_but_no_weekday(claims):
    """Codebook rule 10: other evidence may give the year."""
    captured = {"published": None, "captured": "2024-05-15T00:00:00Z"}
    assert [c.date for c in of(claims("Aset Kairov was arrested on May 2.", **captured), "detention")] == ["2024-05-02"]
    assert [c.date for c in of(claims("Aset Kairov was arrested on Monday.", **captured), "detention")] == [None]
