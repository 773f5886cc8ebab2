"""Where it happened: the sentence's own place first, then the dateline's or the opening's."""

from __future__ import annotations

from tests.read.conftest import of


def test_the_sentence_names_the_place(claims):
    """A place behind "in" belongs to its event, with the country that holds it."""
    (detention,) = of(claims("Police arrested Aset Kairov in Lyon on Monday.", dateline="PARIS"), "detention")
    assert detention.place == ("Lyon", "France")


def test_in_front_of_something(claims):
    """Codebook rule 20: "outside the embassy" is the place, with its town."""
    (protest,) = of(claims("Students rallied outside the Chinese Embassy in Paris on Monday."), "protest")
    assert protest.place[0] == "Chinese Embassy"


def test_the_dateline_is_where_fresh_news_happened(claims):
    """Without a place of its own, a fresh event in the lead is placed by the dateline."""
    (protest,) = of(claims("Hundreds of students rallied on Monday.", dateline="PARIS"), "protest")
    assert protest.place[:1] == ("Paris",)


def test_old_news_did_not_happen_at_the_dateline(claims):
    """An arrest years ago is not placed by today's dateline."""
    text = "Shops were closed.\n\nRain fell.\n\nWind blew.\n\nAset Kairov was arrested in March 2015."
    (detention,) = of(claims(text, dateline="PARIS"), "detention")
    assert detention.place == ()
