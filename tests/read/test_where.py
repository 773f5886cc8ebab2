"""Where it happened: the sentence's own place first, then the dateline's or the opening's."""

from __future__ import annotations

import pytest

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
    """An arrest years ago is not placed in today's dateline's town; where in its land, the story does not say."""
    text = "Shops were closed.\n\nRain fell.\n\nWind blew.\n\nAset Kairov was arrested in March 2015."
    (detention,) = of(claims(text, dateline="PARIS"), "detention")
    assert detention.place == ()


@pytest.mark.parametrize(
    ("sentence", "kind", "place"),
    [
        ("A court in Lyon sentenced Aset Kairov to two years in prison.", "sentence", "Lyon"),
        ("Turkish police detained Aset Kairov on Monday.", "detention", "Turkey"),
        ("The Supreme Court of Nigeria upheld the sentence of Aset Kairov.", "sentence_change", "Nigeria"),
        ("Beijing has jailed Aset Kairov for two years.", "sentence", "China"),
        ("Students picketed the Chinese Embassy in Paris on Monday.", "protest", "Chinese Embassy"),
        ("Aset Kairov was beaten in Evin prison on Monday.", "ill_treatment", "Evin prison"),
        ("Aset Kairov fled Belarus in 2021 and lives in Poland.", "movement", "Belarus"),
        ("Students rallied in front of the Turkish Consulate in Lyon on Monday.", "protest", "Turkish Consulate"),
        ("Students rallied in front of a police station in Lyon on Monday.", "protest", "Lyon"),
        ("A court fined Aset Kairov for a rally in front of the Turkish Consulate.", "sentence", "France"),
        ("Aset Kairov, a lawyer from Lyon, was arrested in Marseille.", "detention", "Marseille"),
    ],
)
def test_whose_power_and_which_venue(claims, sentence, kind, place):
    """A court's or police's place is that of what it does; a venue or prison by name is the most specific place; what
    someone fled is where the flight began; where people come from is no place of an event."""
    found = of(claims(sentence + "\n\nFrance was calm. France is warm.", dateline=None), kind)
    assert {c.place[:1] for c in found} == {(place,)}


def test_the_country_is_the_one_spoken_of(claims):
    """ "across the country" is the country last named."""
    (first, *_) = of(claims("Prices rose in Georgia and Tbilisi.\n\nHundreds rallied across the country."), "protest")
    assert first.place == ("Georgia",)


def test_a_demand_happens_nowhere(claims):
    """What is only demanded has no place of its own, though those who demand it stand somewhere."""
    (release,) = of(claims("Students rallied in Paris on Monday, demanding the release of Aset Kairov."), "release")
    assert release.place == ()


def test_a_crowd_goes_on_where_it_was(claims):
    """The next sentence about a crowd is about the same place."""
    text = "Hundreds rallied in Lyon on Monday.\n\nPolice dispersed the protesters."
    assert {c.place[:1] for c in of(claims(text), "dispersal")} == {("Lyon",)}


def test_a_desk_is_no_place_of_the_news(claims):
    """A report dated from an organization's desk plays in the country that it speaks of."""
    text = "Police in Pakistan detained two reporters.\n\nPakistan said little. Pakistani police beat protesters.\n\n"
    found = claims(text + "Pakistan has laws. Reporters were harassed by Pakistani police.", dateline="NEW YORK")
    assert found
    assert all(c.place[-1:] != ("United States",) for c in found)


def test_prisoners_are_where_the_story_says_they_are_held(claims):
    """The one prison that a story calls by name is where its prisoner is beaten and starves himself."""
    text = (
        "Aset Kairov is serving a two-year prison term in France.\n\nHis cell in Fresnes prison near Paris is cold.\n\n"
        "Guards beat Aset Kairov on Monday."
    )
    assert {c.place[:2] for c in of(claims(text), "ill_treatment")} == {("Fresnes prison", "Paris")}


def test_a_demand_names_its_place_itself(claims):
    """Where those are held whose release is demanded."""
    text = "Students rallied in Paris, demanding the release of sailors jailed in Peru."
    assert {c.place for c in of(claims(text), "release")} == {("Peru",)}


def test_the_capital_under_the_story_s_own_name(claims):
    """ "the Ukrainian capital" is Kiev in a story that spells it so."""
    text = "Snow fell in Kiev on Monday. Shops in Kiev were closed.\n\n"
    text += "A court in the Ukrainian capital sentenced Aset Kairov to a year in jail."
    assert {c.place[:1] for c in of(claims(text, dateline=None), "sentence")} == {("Kiev",)}


def test_the_paragraph_s_land_before_the_story_s(claims):
    """In a report about many lands, what is told next is still of the last one."""
    text = (
        "PARIS was quiet. France voted. French papers said so.\n\nHundreds rallied in Minsk in 2020.\n\n"
        "Aset Kairov was tortured in 2020, the report said."
    )
    assert {c.place[-1:] for c in of(claims(text, dateline="PARIS"), "ill_treatment")} == {("Belarus",)}


def test_the_town_before_its_region(claims):
    """A story that opens with a region and its town plays in the town."""
    text = "Snow fell in Bavaria, in the city of Nuremberg.\n\nBavaria and Nuremberg were cold.\n\n"
    text += "Dozens were detained by police."
    assert [c.place[0] for c in of(claims(text, dateline=None), "detention")] == ["Nuremberg"]


def test_a_force_that_names_its_city(claims):
    """Who is told of by a city's police alone, without the city's name, plays there."""
    text = "NYPD officers arrested 14 people on Monday.\n\nProtesters were detained near a bridge."
    assert {c.place[0] for c in of(claims(text, dateline=None), "detention")} == {"New York City"}


def test_one_person_s_matter_is_in_one_place(claims):
    """What else befell a person about the same time was where the rest did; what befell years ago was not."""
    text = (
        "A court in Lyon sentenced Aset Kairov to two years in prison on Monday.\n\n"
        "Police had beaten Aset Kairov.\n\nAset Kairov was arrested in March 2015."
    )
    found = claims(text, dateline=None)
    assert [c.place[0] for c in of(found, "ill_treatment")] == ["Lyon"]
    assert [c.place[:1] for c in of(found, "detention")] != [("Lyon",)]


def test_the_larger_place_named_behind(claims):
    """The chain has the region that the sentence names; a headline's region gives way to the town in it."""
    text = "Gunmen raided a mosque in Bavaria.\n\nThe gunmen raided the mosque on Monday in Nuremberg, Bavaria."
    assert {c.place for c in of(claims(text, dateline=None), "attack")} == {("Nuremberg", "Bavaria", "Germany")}


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("Police stopped a truck near the city of Lyon, arresting Aset Kairov.", "Lyon"),
        ("Aset Kairov was arrested in the port city of Marseille.", "Marseille"),
    ],
)
def test_the_city_of_is_the_name_behind(claims, sentence, place):
    """ "The city of Lyon" is Lyon."""
    (detention,) = of(claims(sentence, dateline=None), "detention")
    assert detention.place[:1] == (place,)
