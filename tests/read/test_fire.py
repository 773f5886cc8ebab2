"""Frames fire where they should: each on the sentence that it is for, on headlines, and not on figures of speech."""

from __future__ import annotations

import pytest

from khronika.read.lexicon import load_lexicon
from tests.read.conftest import of

CUSTODY = [
    f
    for f in load_lexicon().frames
    if f.type in {"detention", "disappearance", "release", "death", "acquittal", "asylum", "movement", "transfer"}
    and not f.hunch  # what a trained head sees changes with its training
]


@pytest.mark.parametrize("frame", CUSTODY, ids=lambda f: f.id)
def test_each_frame_reads_its_own_example(claims, frame):
    """The sentence that a frame gives as its example yields a claim of the frame's kind, or of what it becomes."""
    assert {c.type for c in claims(frame.example)} & {frame.type, frame.becomes}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Union treasurer charged with sedition", "charge"),
        ("Nairobi police arrest nine hawkers after market scuffle", "detention"),
        ("Poet in custody over satirical verses", "detention"),
        ("Ex-minister jailed for two years", "sentence"),
    ],
)
def test_headlines_drop_their_auxiliaries(claims, text, kind):
    """A headline has no "was" and takes its verb for a noun: it is read all the same."""
    assert of(claims(text), kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Soldiers took the two farmers away at dawn.", "detention"),
        ("An FIR was lodged against the comedian for hurting religious sentiments.", "charge"),
        ("His bail plea was rejected by the high court.", "detention"),
        ("The court discharged and acquitted the three nurses.", "acquittal"),
        ("The trader was fatally shot by unknown gunmen.", "death"),
        ("The body of the missing student was found by the canal.", "death"),
        ("His relatives have not heard from the imam since March.", "disappearance"),
        ("The whereabouts of both brothers remain unknown.", "disappearance"),
        ("The nurse has been missing for a year.", "disappearance"),
        ("She is out on bail.", "release"),
        ("The judge slapped a ten-year jail term on the ex-treasurer.", "sentence"),
    ],
)
def test_words_of_custody_and_law(claims, text, kind):
    """Phrasal verbs, passives whose subject is the pattern's own noun, states and negative statements."""
    assert of(claims(text), kind)


@pytest.mark.parametrize(
    "text",
    [
        "The airline charged passengers thirty dollars for each bag.",
        "The forward was booked for a foul in the second half.",
        "The company picked up three contracts in June.",
        "A neighbour picked her up at the station.",
        "The storm killed twelve people on the coast.",
        "Four people died in a bus crash.",
        "The men fled on foot.",
        "The minister was accused of incompetence by a rival.",
    ],
)
def test_ordinary_news_stays_silent(claims, text):
    """Commerce, sport, weather and accidents use the same words and make no claim."""
    assert claims(text) == []


@pytest.mark.parametrize("when", ["", "Monday ", "on Friday ", "again "])
def test_a_time_may_stand_inside_a_run_of_words(claims, when):
    """News English puts the day between a verb and the preposition that belongs to it."""
    told = claims(f"Lantern Watch called {when}for the release of the two reporters.")
    assert [c.type for c in told if c.type == "call"] == ["call"]
