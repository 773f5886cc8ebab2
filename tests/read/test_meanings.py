"""One word, several meanings: whom it is done to, what it is part of and what stands behind it decide which is read."""

from __future__ import annotations

import pytest

TOLD = [
    ("Tens of thousands of people demonstrated across the country.", "protest"),
    ("Only around 10 percent of the men on the list were arrested.", "detention"),
    ("Workers wore black ribbons and demonstrated outside the factory gates.", "protest"),
    ("Nurses have been on strike since May.", "protest"),
    ("The lawyers' guild accused the police of beating its chairman, Oskar Lind.", "ill_treatment"),
    ("The editor accused the soldiers of abducting her father.", "detention"),
    ("The ban on the play sparked an outcry.", "dispersal"),
    ("The reporter was taken to jail on Wednesday.", "detention"),
    ("Access to phone lines and the Internet was cut.", "communication_interference"),
    ("The gunmen took away fourteen villagers.", "attack"),
    ("Parliament declared that the deportations constituted genocide.", "declaration"),
    ("The judge set the next hearing for June.", "trial"),
]
UNTOLD = [
    ("The petition was filed with the Regional Trial Court.", "trial"),
    ("Lawmakers grilled the airline's chief at a hearing on delays.", "trial"),
    ("The evidence presented before the court was thin.", "trial"),
    ("A judge issued the search warrant in March.", "detention"),
    ("The hotel charged guests 40 dollars a night.", "charge"),
    ("The group charged that officials had hidden the list.", "charge"),
    ("Vietnam accused Beijing of entering its waters.", "charge"),
    ("Karlsen rallied to beat Ortiz in three sets.", "protest"),
    ("Police seized dozens of cars.", "detention"),
    ("The mayor has come under fire over the new tram.", "attack"),
    ("The decree is an attack on independent journalism.", "attack"),
    ("She stayed true to her convictions.", "conviction"),
    ("The corrupt must be kicked out, said the shopkeeper.", "ill_treatment"),
]


@pytest.mark.parametrize(("sentence", "kind"), TOLD, ids=lambda v: v[:40])
def test_a_meaning_is_read_where_it_fits(claims, sentence, kind):
    """Number nouns count people; blame says who did it; a frame that fits nobody leaves its word to another."""
    assert kind in {c.type for c in claims(sentence)}


@pytest.mark.parametrize(("sentence", "kind"), UNTOLD, ids=lambda v: v[:40])
def test_a_meaning_is_not_read_where_it_does_not(claims, sentence, kind):
    """Names of bodies, bills, matches, committees and figures of speech have the same words and no claim."""
    assert kind not in {c.type for c in claims(sentence)}


def test_two_verbs_of_one_act_are_one_claim(claims):
    """ "Is preparing to impose sanctions" tells of one sanction, and it is planned."""
    told = [c for c in claims("The bloc is preparing to impose sanctions on two ministers.") if c.type == "sanction"]
    assert [c.status.value for c in told] == ["planned"]


def test_an_aim_has_not_happened(claims):
    """A squad that was sent "to rescue the pupils" has rescued nobody yet."""
    told = [c for c in claims("Police deployed a squad to rescue the kidnapped pupils.") if c.type == "release"]
    assert [c.status.value for c in told] == ["planned"]
