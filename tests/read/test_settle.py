"""What a story says twice it says once: names, days and grounds that claims of one happening lend each other."""

from __future__ import annotations

import pytest

from khronika.facts.claims import Penalty
from tests.read.conftest import of

STORY = """A court has sentenced an activist to two years in prison for insulting the president.

The Tarsk Court on May 13 found Aset Kairov guilty of insulting the president and sentenced him to two years in prison.

Kairov rejected the charge."""


def test_the_lead_s_activist_is_named_below(claims):
    """A described person in the lead is the one who is named with the same event."""
    assert {c.targets for c in of(claims(STORY), "sentence")} == {("Aset Kairov",)}


def test_the_lead_takes_the_day(claims):
    """The same sentence told without a date happened on the day that the story gives it."""
    assert {c.date for c in of(claims(STORY), "sentence")} == {"2024-05-13"}


def test_one_claim_for_one_event_in_a_sentence(claims):
    """A verb and a noun of one event in one sentence are one claim."""
    found = of(claims("Police arrested Aset Kairov on Monday, and his arrest was filmed."), "detention")
    assert len(found) == 1


def test_two_people_in_a_sentence_stay_two(claims):
    """Different people are different claims."""
    found = of(claims("Aset Kairov was released in April, and Dana Sultan was released in May."), "release")
    assert {c.targets for c in found} == {("Aset Kairov",), ("Dana Sultan",)}


def test_respectively(claims):
    """Codebook rule 3: each fine goes to its own person."""
    text = "Two women, Dana Sultan and Mira Alim, were fined $300 and $200, respectively."
    fines = {c.targets: c.penalties for c in of(claims(text), "sentence")}
    assert fines == {
        ("Dana Sultan",): (Penalty("fine", amount=300.0, currency="USD"),),
        ("Mira Alim",): (Penalty("fine", amount=200.0, currency="USD"),),
    }


def test_several_cities_are_several_protests(claims):
    """Codebook rule 21."""
    found = of(claims("Protests were held in Paris, Berlin and Madrid on Monday."), "protest")
    assert {c.place[0] for c in found} == {"Paris", "Berlin", "Madrid"}


def test_a_rally_in_a_charge_is_no_protest(claims):
    """Codebook rule 15: what is named only in the charge is the charge."""
    assert of(claims("She was fined for leading a banned march."), "protest") == []


def test_a_headline_takes_the_day_of_its_kind(claims):
    """The one day that the story gives an attack is the headline's too; a habit told in general keeps none."""
    text = "Gunmen attack village mosque\n\nGunmen attacked the mosque during prayers on Sunday, the imam said."
    assert {c.date for c in of(claims(text), "attack")} == {"2024-05-12"}


def test_a_convict_s_day_is_not_another_s(claims):
    """Days are lent between claims about the same people only."""
    text = "Aset Kairov was arrested on May 2. The union says that Dana Sultan was arrested for a poem."
    assert {(c.targets, c.date) for c in of(claims(text), "detention")} == {
        (("Aset Kairov",), "2024-05-02"),
        (("Dana Sultan",), None),
    }


def test_days_in_jail_are_not_the_day_of_the_arrest(claims):
    """A state that goes on ("is still in jail") is not lent the day on which something else of its kind happened."""
    text = "Aset Kairov was arrested on May 2. Aset Kairov is still in jail."
    assert [c.date for c in of(claims(text), "detention")] == ["2024-05-02", None]


def test_a_headline_takes_the_first_day_told(claims):
    """Of two days of one kind the headline's is the one told first: that is the news."""
    text = (
        "Gunmen attack mosque\n\nGunmen attacked a mosque on Tuesday in Lyon.\n\n"
        "Gunmen attacked a school on Sunday in Nice."
    )
    assert of(claims(text), "attack")[0].date == "2024-05-14"


def test_a_verdict_takes_the_day_told_before(claims):
    """Between two days of verdicts the undated one belongs to the one before."""
    text = (
        "A court sentenced Aset Kairov to a year in prison on Tuesday. "
        "Dana Orlova was sentenced to two years in prison. "
        "The day before, Timur Askarov was sentenced to a month in prison."
    )
    assert [c.date for c in of(claims(text), "sentence")] == ["2024-05-14", "2024-05-14", "2024-05-13"]


@pytest.mark.parametrize(
    "below",
    [
        "The suspects were identified as Dana Sultan, aged 30, and 25-year-old Mira Alim.",
        "Dana Sultan and Mira Alim were charged with theft.",
    ],
)
def test_a_counted_group_is_named_by_as_many_below(claims, below):
    """ "Two women were arrested" in the lead are the two whom the story names for it."""
    (lead,) = [c for c in claims(f"Two women were arrested on Monday.\n\n{below}") if c.quote.startswith("Two")]
    assert set(lead.targets) == {"Dana Sultan", "Mira Alim"}


def test_a_group_of_others_keeps_its_count(claims):
    """Three men are not the two women named below."""
    text = "Three men were arrested on Monday.\n\nDana Sultan and Mira Alim were arrested too."
    (lead,) = [c for c in claims(text) if c.quote.startswith("Three")]
    assert lead.targets == ()
    assert lead.count is not None and lead.count.min == 3


def test_verdicts_added_up_stay_a_claim_of_their_own(claims):
    """Codebook rule 18: "two women fined" names nobody."""
    text = "Two women were fined on Monday.\n\nDana Sultan and Mira Alim were fined $300."
    (lead,) = [c for c in of(claims(text), "sentence") if c.quote.startswith("Two")]
    assert lead.targets == ()
