"""Protest, dispersal and call: told by who does it, silent where the words mean something else."""

from __future__ import annotations

import pytest

SAID = [
    ("Teachers downed tools across the province over unpaid salaries.", "protest"),
    ("Students staged a sit-in at the rector's office.", "protest"),
    ("Protesters carried placards outside the ministry.", "protest"),
    ("Residents barricaded the road with burning tyres.", "protest"),
    ("The opposition called a twelve-hour bandh in the state.", "protest"),
    ("Prison guards went on strike last week.", "protest"),
    ("Police lathi-charged the protesters near the assembly.", "dispersal"),
    ("The governor banned a concert by the folk singer.", "dispersal"),
    ("Police prevented the marchers from reaching the square.", "dispersal"),
    ("Riot police charged the crowd with batons.", "dispersal"),
    ("The Committee to Protect Writers urged the court to free the poet.", "call"),
    ("Germany demanded that the authorities release the prisoners.", "call"),
    ("“The authorities must release all detainees,” said Omar Farid of Rights Watch.", "call"),
    ("UN experts urged Iran to halt the execution.", "call"),
]
SILENT = [
    "Stocks rallied on Monday after the central bank held rates.",
    "The team rallied to win in the final minutes.",
    "The study demonstrated that the drug works.",
    "Chefs gave cooking demonstrations at the market hall.",
    "Heavy rain blocked the highway for hours.",
    "The drivers took a bus to the centre on Main Street.",
    "Fans gathered outside the stadium before the match.",
    "The bank urged customers to update their passwords.",
    "Motorists should use caution on wet roads, the sheriff said.",
    "The winger asked how the referee had seen it.",
]


@pytest.mark.parametrize(("sentence", "kind"), SAID, ids=lambda v: v[:40])
def test_what_is_told(claims, sentence, kind):
    """A frame holds where those in its roles can be in them."""
    assert kind in {c.type for c in claims(sentence)}


@pytest.mark.parametrize("sentence", SILENT, ids=lambda v: v[:40])
def test_what_is_not(claims, sentence):
    """Markets, matches, weather and shows have the same words and no claim (codebook rule 1)."""
    assert not claims(sentence)


def test_a_hunger_strike_is_no_walkout(claims):
    """The strike of workers is told apart by the word before it, wherever it stands in the pattern."""
    found = claims("The jailed editor launched a hunger strike on Monday.")
    assert {c.type for c in found} >= {"custody_protest"} and "protest" not in {c.type for c in found}


def test_a_cannon_is_not_dispersed(claims):
    """What police use is not whom they disperse."""
    found = [c for c in claims("Police used water cannon and tear gas against the crowd.") if c.type == "dispersal"]
    assert len(found) == 1 and "cannon" not in (found[0].group or "")


def test_one_protest_a_sentence(claims):
    """One claim per event per sentence, however many words tell of it."""
    found = claims("Protesters marched through the capital, chanting slogans and waving banners.")
    assert [c.type for c in found] == ["protest"]
