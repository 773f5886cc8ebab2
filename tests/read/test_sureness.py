"""How sure the reader is: stated with every claim, within bounds, less where there is reason to doubt."""

from __future__ import annotations

import math

from khronika.read.explain import explain
from khronika.read.lexicon import load_lexicon
from khronika.read.sureness import LEAST, MOST
from khronika.text.tables import table
from tests.read.conftest import of, story

TEXT = (
    "Police detained the editor Oskar Lind on Monday. A court in Tarsk sentenced him to ten days in jail over a post. "
    "Several people were reportedly detained, and the union demanded the release of Lind."
)


def test_every_claim_states_it(claims):
    """A number between the bounds, to two places, so that the desk can sort by it."""
    found = claims(TEXT)
    assert len(found) >= 3
    for claim in found:
        assert LEAST <= claim.confidence <= MOST
        assert claim.confidence == round(claim.confidence, 2)


def test_it_is_what_the_weights_say(reader, monkeypatch):
    """The formula: the intercept and the weight of each sign that is there, through the logistic function."""
    import khronika.read.sureness as room

    weights = {"kind:detention": 1.0, "target:named": 0.5, "hedged": -4.0}
    monkeypatch.setattr(room, "table", lambda name: {"intercept": -1.0, "weights": weights})
    (sure,) = reader.read(story("Police detained Oskar Lind in Tarsk.")).claims
    assert sure.confidence == round(1 / (1 + math.exp(-(-1.0 + 1.0 + 0.5))), 2)
    (doubted,) = reader.read(story("Police reportedly detained Oskar Lind in Tarsk.")).claims
    assert doubted.hedged
    assert doubted.confidence < 0.1 < sure.confidence


def test_a_frame_of_ones_own_has_its_kinds(reader):
    """What no weight was fitted for weighs nothing; it never fails."""
    weights = table("confidence.toml")["weights"]
    frames = {name.removeprefix("frame:") for name in weights if name.startswith("frame:")}
    assert frames <= {f.id for f in load_lexicon().frames}
    assert "frame:x" not in weights


def test_the_weights_are_sane():
    """A data file that a slip has filled with something else must not be read."""
    given = table("confidence.toml")
    assert abs(given["intercept"]) < 5
    assert given["weights"]
    assert all(isinstance(w, float) and abs(w) < 5 for w in given["weights"].values())


def test_the_explanation_tells_it(reader, claims):
    """`explain` shows the number that the claim carries."""
    text = "Police detained Oskar Lind in Tarsk."
    (told,) = explain(reader, story(text)).sentences[0].claims
    shown = next(p.value for p in told.parts if p.field == "confidence")
    assert float(shown) == of(claims(text), "detention")[0].confidence
