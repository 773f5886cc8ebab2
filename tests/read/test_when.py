"""When it happened: which time of a sentence dates which claim."""

from __future__ import annotations

import pytest

from khronika.read.when import days_of
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
        ("Aset Kairov was arrested and will face a judge on May 20.", "detention", None),
        ("On May 1 a court ruled that Aset Kairov would be released on May 6.", "release", "2024-05-06"),
        ("Aset Kairov was convicted of leading the 2013 protests.", "conviction", None),
        ("Aset Kairov was arrested during the 2013 protests.", "detention", "2013"),
        ("Aset Kairov joined Monday's rally.", "protest", "2024-05-13"),
        ("The US seeks to extradite Aset Kairov under the 1917 Espionage Act.", "movement", None),
        ("He recalled the 2013 mall attack that killed 60 people.", "death", "2013"),
        ("In the 1989 crackdown in the capital, 300 people were killed, reported the paper.", "death", "1989"),
        ("Aset Kairov died on 3 May in jail, two days after he was arrested.", "detention", "2024-05-01"),
        ("Aset Kairov was freed a day after he was arrested on Monday.", "release", "2024-05-14"),
        ("Aset Kairov was freed weeks after he was arrested on Monday.", "release", None),
        ("The judge remanded Aset Kairov in custody to stand trial in November.", "detention", None),
        ("Aset Kairov was freed early today (Tuesday).", "release", "2024-05-14"),
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


@pytest.mark.parametrize(
    "sentence",
    [
        "Police often detain students.",
        "The seizure is the fifth in a string of abductions on farms.",
        "Guards have been beating prisoners since.",
    ],
)
def test_what_is_done_again_and_again_has_no_day(claims, sentence):
    """A habit, a series and what went on for years do not take the day of the story's own event, nor its town."""
    filler = "The shops were closed and the streets were empty, and rain fell over the town all through the evening."
    text = f"Police detained forty students in Lyon on Monday.\n\n{filler}\n\n{filler}\n\n{sentence}"
    told = [c for c in claims(text, dateline="PARIS") if c.quote == sentence]
    assert {c.date for c in told} <= {None}
    assert not [c for c in told if c.place[:1] in {("Lyon",), ("Paris",)}]


def test_a_day_lends_itself_to_the_same_person_first(claims):
    """An undated event takes the day of what befell the same person, not that of others in the story."""
    text = (
        "Gunmen abducted Aset Kairov on Monday.\n\nThey took Kairov away in a boat after they abducted him.\n\n"
        "Gunmen abducted six pupils in May 2017.\n\nA source confirmed the abduction of Kairov."
    )
    days = {c.date for c in of(claims(text), "attack") if c.targets == ("Aset Kairov",)}
    assert days == {"2024-05-13"}


@pytest.mark.parametrize(("number", "days"), [("two", 2), ("30", 30), ("1.30pm", None), ("many", None), ("999", None)])
def test_days_of_takes_whole_numbers_of_days_only(number, days):
    """A word before "days after" that is no small number counts nothing."""
    assert days_of(number) == days
