"""The gate: lets through whatever could fire a frame, and little else."""

from __future__ import annotations

import pytest

from khronika.read import reader as recipe
from khronika.read.gate import passes
from khronika.read.lexicon import load_lexicon
from tests.read.conftest import story

LEXICON = load_lexicon()


@pytest.mark.parametrize(
    ("sentence", "through"),
    [
        ("Police detained two activists.", True),
        ("He was placed under house arrest.", True),
        ("The festival was held in June.", True),  # "held" alone may be a person's custody: only the tree can tell
        ("It is a sunny day and the shops are open.", False),
        ("Take the second road to the lake.", False),
        ("Load more", False),
    ],
)
def test_the_gate(reader, sentence, through):
    """A pattern's words must all be there: "be", "take" and "place" alone open nothing."""
    parse = reader.pipeline.parse(sentence)
    assert passes(parse, parse.sentences[0], LEXICON) is through


def test_the_gate_loses_nothing(reader, monkeypatch):
    """With the gate wide open the same story gives the same claims."""
    text = (
        "The mayor opened a bridge.\n\nPolice arrested Aset Kairov on Monday. He is a teacher. It rained.\n\n"
        "The court sentenced him to two years in prison. Hundreds rallied outside. The lake is deep."
    )
    gated = reader.read(story(text)).claims
    monkeypatch.setattr(recipe, "passes", lambda *_: True)
    assert reader.read(story(text)).claims == gated
