"""At whom a protest is aimed, where its own roles do not say."""

import pytest

from tests.read.conftest import of


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("Students staged anti-France protests in Niamey. France said nothing.", "France"),
        ("Farmers rallied against Germany’s growing influence.", "Germany"),
        ("Hundreds marched through the town, demanding that the authorities resign.", "authorities"),
    ],
)
def test_a_protest_is_aimed_at_the_power_it_names(claims, text, whom):
    """A land after "anti-", whose doing is protested, or who is to meet the demand."""
    assert {t for c in of(claims(text), "protest") for t in c.targets} == {whom}


@pytest.mark.parametrize(
    "text",
    [
        "Hundreds joined an anti-war march in the capital.",
        "Journalists rallied against Peter Hale’s arrest.",
        "Residents gathered outside the ministry and demanded clean water.",
    ],
)
def test_a_protest_without_an_addressee_is_aimed_at_nobody(claims, text):
    """No power is named: a cause, a victim and a place are none."""
    assert not any(c.targets for c in of(claims(text), "protest"))
