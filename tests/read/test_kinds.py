"""What single kinds ask for besides their roles: violence its doer, a declaration a body, a figure a number."""

from __future__ import annotations

import pytest

from khronika.facts.claims import Status
from tests.read.conftest import of


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Masked men beat the opposition leader with iron bars.", "attack"),
        ("Guards beat the prisoner with iron bars.", "ill_treatment"),
        ("Bandits raided the village at dawn.", "attack"),
        ("Police raided the offices of the newspaper.", "search"),
        ("The radio station was torched by militants.", "attack"),
        ("A car bomb targeted the minister's convoy.", "attack"),
        ("Journalist attacked in the capital", "attack"),
    ],
)
def test_the_doer_tells_the_kind(claims, sentence, kind):
    """The same word is an attack by a mob, ill-treatment or a search by officials."""
    assert {c.type for c in claims(sentence)} == {kind}


@pytest.mark.parametrize(
    "sentence",
    [
        "A shark attacked a swimmer off the coast.",
        "The storm injured three people.",
        "Nobody was injured in the break-in.",
        "The visitors beat United in the final.",
        "The city demolished the old argument.",
        "The law sanctioned slavery for a century.",
    ],
)
def test_no_violence_against_rights(claims, sentence):
    """Animals, weather and matches attack nobody's rights (codebook rule 1)."""
    assert not of(claims(sentence), "attack") and not of(claims(sentence), "search")
    assert not of(claims(sentence), "sanction") and not of(claims(sentence), "ill_treatment")


def test_what_a_declaration_says(claims):
    """Codebook rule 22: `charge` carries what a declaration says, its clause or its word."""
    said = of(claims("The High Court ruled that the arrest of the editor was unlawful."), "declaration")
    assert [c.charge for c in said] == ["the arrest of the editor was unlawful"]
    said = of(claims("Parliament declared the campaign a genocide."), "declaration")
    assert [c.charge for c in said] == ["a genocide"]


def test_cases_are_counted(claims):
    """Codebook rule 11: the number before "cases of …" is the figure's."""
    found = of(claims("The group recorded 250 cases of torture in the country's prisons."), "figure")
    assert [(c.figure.min, c.figure.max) for c in found] == [(250, 250)]


def test_a_threat_keeps_what_is_threatened(claims):
    """Whoever threatens arrest presses someone now, and the arrest is possible."""
    found = claims("Police threatened to arrest Aset Kairov.")
    assert of(found, "threat") and of(found, "detention")[0].status is Status.POSSIBLE


def test_a_counted_noun_may_be_the_main_word(claims):
    """A headline's counted noun hangs on nothing: what the frame's other words hang on is looked for there and no
    further."""
    found = of(claims("More than 500 human rights violations in the north in one year."), "figure")
    assert [c.figure.min for c in found] == [500]
