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
        ("Aset Kairov was seized and charged six months ago.", "charge", "2023-11"),
        ("Aset Kairov has been held in prison since March.", "detention", "2024-03"),
        ("A lawyer said on Monday that Aset Kairov had been arrested.", "detention", None),
        ("Diplomats met last week with Aset Kairov, who was arrested for his poems.", "detention", None),
        ("Hundreds rallied on Monday after police shot dead Aset Kairov.", "death", None),
        ("Hundreds rallied on Monday after police shot dead Aset Kairov.", "protest", "2024-05-13"),
        ("Police detained Aset Kairov while he was reading a poem in a park on Sunday.", "detention", "2024-05-12"),
        ("Aset Kairov opened a bakery in May after his release from jail in 2018.", "release", "2018"),
        ("On Monday the union condemned the arrest of Aset Kairov.", "detention", None),
        ("Norway imposed sanctions on the judges over the vote in August.", "sanction", None),
        ("Wednesday, detectives raided his home, arresting Aset Kairov.", "detention", "2024-05-15"),
        ("Crowds rallied after police shot dead Aset Kairov while he was walking home Sunday.", "death", "2024-05-12"),
        ("Its office was shut on Monday while its editor Aset Kairov was arrested.", "detention", "2024-05-13"),
        ("The EU protested the raid on the paper on May 2 and the arrest of Aset Kairov.", "detention", "2024-05-02"),
        ("Aset Kairov was found guilty last month of insulting a judge.", "conviction", "2024-04"),
        ("Aset Kairov was arrested and will appear in court on May 20.", "detention", None),
        ("On May 1 a court ruled that Aset Kairov would be released on May 6.", "release", "2024-05-06"),
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


def test_a_day_earlier_counts_from_a_day(claims):
    """ "A day earlier" is counted from the last day told, not from a later year that the story speaks of."""
    text = (
        "Hundreds rallied on Tuesday.\n\nElections are due early next year.\n\n"
        "A day earlier, police arrested Aset Kairov."
    )
    assert [c.date for c in of(claims(text), "detention")] == ["2024-05-13"]


def test_what_is_demanded_has_no_day(claims):
    """Codebook rule 19: a demanded release is no event of the day on which it is demanded."""
    found = of(claims("On Monday the union called for the release of Aset Kairov."), "release")
    assert [c.date for c in found] == [None]
