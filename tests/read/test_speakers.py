"""Who has the floor beyond one sentence: quotations, posts, headlines, and the name behind "the report"."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.read.conftest import of, story


def speakers(found, kind):
    """Who says the claims of one kind, in text order."""
    return [c.speaker for c in of(found, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "“They came at night and arrested my son,” Dana Sultan said. “He has been held without a lawyer since Monday.”",
        "“They came at night,” said Dana Sultan.\n\n“They arrested my son Aset and nobody will say where he is.”",
        "'Police arrested forty of our members on Friday,' Dana Sultan told the Herald.",
        "Dana Sultan is certain of one thing: “They arrested my son Aset because of his songs.”",
        "Dana Sultan was at home when they came. “They beat my son and arrested him,” she recalls.",
        '"They came to the door of the flat at night.\n\n"They arrested my son Aset," Dana Sultan said.',
    ],
)
def test_a_quotation_runs_on(claims, text):
    """A quotation's speaker is named beside it, in the sentence before, or before the quotation that it carries on."""
    assert set(speakers(claims(text), "detention")) == {"Dana Sultan"}


def test_two_people_speak_in_turn(claims):
    """Each quotation has the speaker that stands beside it."""
    found = claims(
        "“Police arrested my son on Monday night,” Dana Sultan said. "
        "“Police arrested my neighbor an hour later,” added her cousin, Timur Orlov."
    )
    assert speakers(found, "detention") == ["Dana Sultan", "Timur Orlov"]


def test_the_story_goes_on_after_a_quotation(claims):
    """What stands outside the marks, without a verb of saying, is the outlet's own word."""
    found = claims("“The weather was fine that whole day,” Dana Sultan said. Aset Kairov was arrested on Monday.")
    assert speakers(found, "detention") == [None]


def test_a_term_in_quotes_is_no_speech(claims):
    """A few quoted words in the outlet's sentence make nobody its speaker."""
    found = claims("Aset Kairov was arrested as a “foreign agent” on Monday. Dana Sultan, the mayor, was at home.")
    assert speakers(found, "detention") == [None]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Police have arrested Aset Kairov. — Dana Sultan (@danasultan) May 3, 2024", "Dana Sultan"),
        ("Police have arrested forty protesters: Dana Sultan", "Dana Sultan"),
        ("Lawyer: Police have arrested Aset Kairov", "Lawyer"),
        ("Tarsk: Police have arrested Aset Kairov", None),
    ],
)
def test_headlines_and_posts(claims, text, speaker):
    """Who signs a post, or stands before or behind a headline's colon, says it; a place says nothing."""
    assert set(speakers(claims(text), "detention")) == {speaker}


def test_the_report_is_its_authors(claims):
    """ "The report", "it", "the group": the body that was named before."""
    found = claims(
        "The Open Doors Union published a report on Tuesday. The report said that Aset Kairov was beaten in prison. "
        "It also said that Timur Orlov was tortured."
    )
    assert set(speakers(found, "ill_treatment")) == {"Open Doors Union"}


def test_a_retold_report(claims):
    """Between "the report said" and "the report said", its findings are its author's."""
    found = claims(
        "The Open Doors Union published a report on Tuesday. The report said that prisons were full. "
        "Guards beat Aset Kairov in his cell. The report found that Timur Orlov was tortured."
    )
    assert set(speakers(found, "ill_treatment")) == {"Open Doors Union"}


def test_an_unresolved_pronoun_says_nothing(claims):
    """ "They said": a speaker nobody can name is none."""
    assert speakers(claims("They said that Aset Kairov had been arrested."), "detention") == [None]


def test_a_wall_does_not_speak(claims):
    """ "His bruises showed that …": a thing is no speaker, so whoever is named farther out is."""
    found = claims("Dana Sultan said his bruises showed that guards had beaten Aset Kairov.")
    assert speakers(found, "ill_treatment") == ["Dana Sultan"]


NAMES = ("Dana Sultan", "Timur Orlov", "Maria Lopez", "Peter Novak", "Amina Diallo")
TOLD = (
    "police had arrested Aset Kairov",
    "Aset Kairov was beaten by guards",
    "Aset Kairov had been sentenced to five years in prison",
    "police had arrested forty protesters in Tarsk",
)
FRAMES = ("{name} said that {told}.", "According to {name}, {told}.", "{name} told reporters that {told}.")


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(NAMES), st.sampled_from(TOLD), st.sampled_from(FRAMES))
def test_reporting_adds_a_speaker_and_nothing_else(reader, name, told, frame):
    """Law: "X said that S" holds the claims of "S", with X as their speaker."""
    bare = reader.read(story(told[0].upper() + told[1:] + ".")).claims
    said = reader.read(story(frame.format(name=name, told=told))).claims
    assert [(c.type, c.targets, c.status) for c in said] == [(c.type, c.targets, c.status) for c in bare]
    assert {c.speaker for c in said} == {name}


def test_a_long_chain_of_pronouns_ends(claims):
    """Speech that leads back from "he said" to "he said" through hundreds of sentences ends, without a speaker."""
    assert set(speakers(claims("He said that the men were arrested. " * 300), "detention")) == {None}
