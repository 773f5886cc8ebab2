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
        ("The minister ordered the deportation of Aset Kairov.", "movement", Status.PLANNED),
        ("The court ruled that Aset Kairov could be released in June.", "release", Status.PLANNED),
        ("The staff kept silent for fear of the arrest of Aset Kairov.", "detention", Status.POSSIBLE),
        ("The trial of Aset Kairov is scheduled for Friday.", "trial", Status.PLANNED),
        ("Opposition parties planned a rally in Tarsk on Sunday.", "protest", Status.PLANNED),
        ("Police threatened to arrest Aset Kairov.", "detention", Status.POSSIBLE),
        ("The ministry denied reports of the arrest of Aset Kairov.", "detention", Status.DENIED),
    ],
)
def test_status(claims, sentence, kind, status):
    """Modal verbs, denial, demand, obligation, and reports called untrue each give their status."""
    assert {c.status for c in of(claims(sentence), kind)} == {status}


def test_an_order_in_a_quotation_is_a_demand(claims):
    """The imperative of somebody who is quoted asks for the deed."""
    (release,) = of(claims("“Release Aset Kairov,” she told reporters."), "release")
    assert release.status is Status.DEMANDED


def test_asking_why_asks_for_nothing(claims):
    """ "Asked why" is a question about what took place, "asked the court to" a demand."""
    (detention,) = of(claims("She asked why Aset Kairov was arrested."), "detention")
    assert detention.status is Status.HAPPENED


def test_a_relative_clause_is_presupposed(claims):
    """The freeing of someone who was jailed is demanded; that he was jailed is told."""
    found = claims("The union demanded the release of Aset Kairov, who was arrested in March.")
    assert {c.status for c in of(found, "release")} == {Status.DEMANDED}
    assert {c.status for c in of(found, "detention")} == {Status.HAPPENED}


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Aset Kairov has not been arrested.", "detention"),
        ("Police arrested nobody.", "detention"),
        ("Police refused to release Aset Kairov.", "release"),
        ("Aset Kairov was held for two days without being charged.", "charge"),
    ],
)
def test_what_did_not_happen_is_no_claim(claims, sentence, kind):
    """The outlet's own negation is silence, not a denial by somebody."""
    assert of(claims(sentence), kind) == []


def test_what_is_protested_against_is_not_demanded(claims):
    """The arrest after which, or against which, something is planned or asked has happened."""
    found = claims("The union plans to strike after the arrest of Aset Kairov.")
    assert {c.status for c in of(found, "detention")} == {Status.HAPPENED}


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("The Daily Post was told by the police that Aset Kairov had been arrested.", "police"),
        ("Aset Kairov was arrested, the ministry said.", "ministry"),
        ("Aset Kairov was arrested, reported the Orda newspaper, citing the police.", "police"),
        ("As Dana Sultan put it, Aset Kairov was arrested for nothing.", "Dana Sultan"),
        ("Dana Sultan condemned the arrest of Aset Kairov.", "Dana Sultan"),
        ("Dana Sultan repeated her claim that Aset Kairov had been tortured.", "Dana Sultan"),
        ("Relatives say the men were taken to a camp, where guards beat them, according to survivors.", "survivors"),
        ("Dana Sultan told journalists that police had arrested Aset Kairov.", "Dana Sultan"),
    ],
)
def test_the_source(claims, sentence, speaker):
    """Who says it: never the one who is told, always the innermost source."""
    assert claims(sentence)[-1].speaker == speaker


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
    """Asking is not saying; but who asks why takes it that it took place."""
    assert claims("Was Aset Kairov arrested?") == []
    (why,) = claims("Why was Aset Kairov arrested?")
    assert (why.type, why.status) == ("detention", Status.HAPPENED)
