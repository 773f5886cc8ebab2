"""The check on IndiaPoliceEvents: sentences put together and found again, claims put into its labels."""

from __future__ import annotations

import pytest

from bench.police import SET, Line, document, found_in, keywords_in, labels_of, load, repaired
from khronika.facts.claims import Claim, Status
from khronika.read.reader import load_reader
from khronika.settings import Settings


def claim(kind: str, **fields) -> Claim:
    """A claim of one kind, with only what the labels look at."""
    return Claim(document="d", source="s", start=0, end=9, quote="", type=kind, reader="", **fields)


@pytest.mark.parametrize(
    ("told", "text", "labels"),
    [
        (claim("detention", actors=("police",)), "", {"ARREST"}),
        (claim("detention"), "", {"ARREST"}),
        (claim("detention", actors=("the kidnappers",)), "", set()),
        (claim("detention", status=Status.DEMANDED), "", set()),
        (claim("death", subtype="killed", actors=("security forces",)), "", {"KILL", "FORCE"}),
        (claim("death", subtype="killed"), "two people were killed in police firing", {"KILL", "FORCE"}),
        (claim("death", subtype="killed"), "two people were killed by a mob", set()),
        (claim("dispersal"), "", {"FORCE"}),
        (claim("ill_treatment", actors=("officers",)), "", {"FORCE"}),
        (claim("ill_treatment"), "", set()),
        (claim("charge", rule="booked"), "", {"ARREST"}),
        (claim("charge", rule="charge"), "", set()),
        (claim("detention", rule="give-up"), "", set()),
        (claim("detention", rule="in-custody"), "", set()),
        (claim("transfer", subtype="house_arrest", actors=("police",)), "", {"ARREST"}),
        (claim("release", actors=("police",)), "", set()),
    ],
)
def test_labels_of_a_claim(told, text, labels):
    """What police did, by the claim's kind, actor and status."""
    assert {*labels_of(told, text)} == labels


def test_sentences_are_found_again_in_the_story():
    """A claim counts for the sentence in which its word stands; the story's date is taken from its first line."""
    lines = [
        Line("This story is from March 5, 2003", frozenset()),
        Line("The market was calm on Tuesday.", frozenset()),
        Line("Police arrested four men near the old bridge.", frozenset(("ARREST",))),
        Line("Shops opened again.", frozenset()),
    ]
    story, starts = document(lines)
    assert story.published == "2003-03-05"
    assert [story.text[a:].startswith(line.text) for a, line in zip(starts, lines, strict=True)] == [True] * 4
    assert found_in(load_reader(Settings()), lines) == [frozenset()] * 2 + [frozenset(("ARREST",)), frozenset()]
    assert keywords_in(lines)[2] == {"ARREST"}


def test_signs_in_a_wrong_encoding_are_put_right():
    """UTF-8 taken for Windows-1252, also where a sentence was cut through a sign."""
    assert repaired("the courtâ€™s  â€œorderâ€�Â here\n") == "the court’s “order” here"
    assert repaired("™s order") == "’s order"
    assert repaired("plain") == "plain"


@pytest.mark.skipif(not SET.is_dir(), reason="../shared/data/india-police-events is not there")
def test_the_set_loads():
    """Half of the set's documents, 182 of their sentences tell of an arrest."""
    stories = load(SET)
    assert len(stories) == 626
    assert sum("ARREST" in line.labels for lines in stories.values() for line in lines) == 182
