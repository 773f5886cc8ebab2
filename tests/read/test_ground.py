"""The charge or ground, as written: where it begins and ends, and its quotation marks."""

from __future__ import annotations

import pytest

from tests.read.conftest import of


@pytest.mark.parametrize(
    ("sentence", "kind", "ground"),
    [
        ("Aset Kairov was arrested for filming a rally.", "detention", "filming a rally"),
        ("Aset Kairov was arrested on charges of treason.", "detention", "treason"),
        (
            "Aset Kairov was convicted of “leading a banned choir.”",
            "conviction",
            "leading a banned choir",
        ),
        ("Aset Kairov was convicted of printing “harmful jokes” in May.", "conviction", "printing “harmful jokes”"),
        (
            "Prosecutors charged Aset Kairov with spreading false news, his lawyer said.",
            "charge",
            "spreading false news",
        ),
        ("Aset Kairov was jailed for two years for insulting the king.", "sentence", "insulting the king"),
    ],
)
def test_the_ground_as_written(claims, sentence, kind, ground):
    """From the preposition to where another thought begins; a term or a day is no ground."""
    assert {c.charge for c in of(claims(sentence), kind)} == {ground}


def test_no_ground(claims):
    """ "For two days" and "on Monday" are no charges."""
    (detention,) = of(claims("Aset Kairov was detained for two days on Monday."), "detention")
    assert detention.charge is None
