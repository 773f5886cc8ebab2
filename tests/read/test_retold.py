"""Events that a story takes up again by a bare noun, and nouns that measure events."""

from __future__ import annotations

import pytest

from tests.read.conftest import of


def test_a_bare_noun_is_the_event_told_before(claims):
    """ "The abduction" is that of the people whose abduction the story has told."""
    story = "Gunmen abducted two nurses in Tarsk on Monday.\n\nThe abduction took place near the market."
    found = of(claims(story), "attack")
    assert [c.group for c in found] == ["two nurses", "two nurses"]


def test_a_bare_noun_without_an_event_before_is_nothing(claims):
    """Where nobody was abducted before, the noun tells of nobody."""
    assert of(claims("The abduction is the subject of a new novel."), "attack") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "A wave of protests swept the country.",
        "Most of the protests happen in small villages.",
        "It was the fifth day of protests.",
        "The town has seen a string of kidnappings.",
    ],
)
def test_measured_events_took_place(claims, sentence):
    """A noun of number or time before "of" says that the events took place."""
    assert [c.type for c in claims(sentence)] in (["protest"], ["attack"])


def test_where_a_rally_is_only_named(claims):
    """Codebook rule 15: no measure, no verb of taking place, no claim."""
    assert of(claims("She wrote a book about protests."), "protest") == []


def test_an_attack_that_is_only_named_is_the_one_told_before(claims):
    """ "After the attack" names it again; in a story without one it tells of nothing."""
    told = "Gunmen attacked a church in Tarsk on Monday.\n\nPrices rose after the attack."
    assert len(of(claims(told), "attack")) == 2
    assert of(claims("Prices rose after the attack."), "attack") == []
