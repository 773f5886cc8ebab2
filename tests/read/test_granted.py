"""What a sentence takes for granted, and the auxiliaries that joined verbs share."""

from __future__ import annotations

import pytest

from khronika.facts.claims import Status
from tests.read.conftest import of


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("The killing of Aset Kairov must be investigated.", "death"),
        ("The union demanded an investigation into the killing of Aset Kairov.", "death"),
        ("The arrest of Aset Kairov could trigger protests.", "detention"),
        ("The group called for an inquiry into the torture of Aset Kairov.", "ill_treatment"),
    ],
)
def test_what_is_investigated_took_place(claims, sentence, kind):
    """Verbs and nouns of inquiry, blame and effect: what they are of is no demand and no possibility."""
    assert {c.status for c in of(claims(sentence), kind)} == {Status.HAPPENED}


def test_what_is_held_or_filed_shares_the_modal(claims):
    """A light verb tells of the event itself: its modal is the event's."""
    assert {c.status for c in of(claims("Charges could be filed against Aset Kairov."), "charge")} == {Status.POSSIBLE}


def test_joined_verbs_share_their_auxiliaries(claims):
    """ "May be arrested and deported": both may be; a verb with a subject of its own stands alone."""
    found = claims("Aset Kairov may be arrested and deported.")
    assert {c.type: c.status for c in found} == {"detention": Status.POSSIBLE, "movement": Status.POSSIBLE}
    found = claims("Police may arrest Aset Kairov, and a court sentenced his brother to a year in prison.")
    assert {c.status for c in of(found, "sentence")} == {Status.HAPPENED}
    assert claims("Police did not arrest or beat Aset Kairov.") == []
