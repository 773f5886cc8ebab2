"""Who says it and how: status, hedge, speaker. Each rule on a sentence of the kind it is for."""

from __future__ import annotations

import pytest

from khronika.facts.claims import Status
from tests.read.conftest import of


@pytest.mark.parametrize(
    ("sentence", "kind", "status"),
    [
        ("Aset Kairov was arrested on Monday.", "detention", Status.HAPPENED),
        ("The court will sentence Aset Kairov to five years in prison on Friday.", "sentence", Status.PLANNED),
        ("If convicted, Aset Kairov faces up to six years in prison.", "sentence", Status.POSSIBLE),
        ("The ministry denied that Aset Kairov had been tortured.", "ill_treatment", Status.DENIED),
        ("The union demanded the release of Aset Kairov.", "release", Status.DEMANDED),
        ("Aset Kairov must be released immediately, the group said.", "release", Status.DEMANDED),
        ("Reports that Aset Kairov had been arrested were not true, the ministry said.", "detention", Status.DENIED),
        ("The prosecution had sought eight years in prison for Aset Kairov.", "sentence", Status.DEMANDED),
        ("Aset Kairov said he would appeal the verdict.", "court_appeal", Status.PLANNED),
    ],
)
def test_status(claims, sentence, kind, status):
    """Modal verbs, denial, demand, obligation, and reports called untrue each give their status."""
    assert {c.status for c in of(claims(sentence), kind)} == {status}


def test_a_relative_clause_is_presupposed(claims):
    """The release of a man who was jailed is demanded; that he was jailed is told."""
    found = claims("The union demanded the release of Aset Kairov, who was arrested in March.")
    assert {c.status for c in of(found, "release")} == {Status.DEMANDED}
    assert {c.status for c in of(found, "detention")} == {Status.HAPPENED}


def test_what_did_not_happen_is_no_claim(claims):
    """The outlet's own negation is silence, not a denial by somebody."""
    assert of(claims("Aset Kairov has not been arrested."), "detention") == []


def test_according_to(claims):
    """ "According to X" makes X the speaker."""
    (detention,) = of(claims("Aset Kairov was arrested at home, according to his lawyer, Dana Sultan."), "detention")
    assert detention.speaker == "Dana Sultan"


def test_a_quotation_has_its_speaker(claims):
    """Inside quotation marks the one quoted speaks, and "me" is that person."""
    (detention,) = of(claims("“The officers arrested me in front of my children,” Aset Kairov said."), "detention")
    assert detention.speaker == "Aset Kairov"
    assert detention.targets == ("Aset Kairov",)


def test_hedged(claims):
    """ "Reportedly" is kept as a hedge."""
    (detention,) = of(claims("Aset Kairov was reportedly arrested on Monday."), "detention")
    assert detention.hedged


def test_a_question_claims_nothing(claims):
    """Asking is not saying."""
    assert claims("Why was Aset Kairov arrested?") == []
