"""Texts in small or capital letters are read like any other, and every span holds in the text as it arrived."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khronika.read.casing import is_odd, parse_cased

STORY = (
    "Police in Almaty arrested journalist Aidar Bekov on Tuesday, his lawyer Murat Seitov said. "
    "Bekov, who writes about courts in Kazakhstan, was beaten by officers at the station. "
    "A judge ordered that Bekov be held for ten days."
)


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        (STORY, False),
        (STORY.lower(), True),
        (STORY.upper(), True),
        ("This story is from May 5, 2003\n\n" + STORY.lower(), True),
        ("he was held for a day. she was not", True),
        ("iPhone sales are up in the region, and nobody in town knows the reason for this.", False),
        ("short", False),
        ("12, 13, 14 …", False),
        ("", False),
    ],
)
def test_which_texts_are_in_an_odd_case(text, odd):
    """Only a text that is small or capital throughout; a usual one is read as it stands."""
    assert is_odd(text) is odd


@pytest.mark.parametrize("change", [str.lower, str.upper])
def test_names_are_found_in_small_and_in_capital_letters(reader, change):
    """Names, days and countries get their capitals back, so that they are found as names."""
    parse = parse_cased(change(STORY), reader.pipeline, reader.atlas.country_of)
    assert len(parse.text) == len(STORY)
    found = {parse.text[parse.tokens[n.first].start : parse.tokens[n.last - 1].end] for n in parse.names}
    assert {"Aidar Bekov", "Murat Seitov"} <= found
    assert "Tuesday" in parse.text and "Kazakhstan" in parse.text


def test_a_usual_text_is_read_once_and_as_it_stands(reader):
    """No letter of it is touched."""
    assert parse_cased(STORY, reader.pipeline, reader.atlas.country_of).text == STORY


@pytest.mark.parametrize("change", [str.lower, str.upper])
def test_claims_in_small_and_in_capital_letters(claims, change):
    """The same people as in the story in its usual case; quotes are the text's own letters."""
    text = change(STORY)
    usual, odd = claims(STORY), claims(text)
    assert {c.type for c in usual} == {c.type for c in odd}
    assert {t for c in odd for t in c.targets} == {t for c in usual for t in c.targets} == {"Aidar Bekov"}
    assert all(text[c.start : c.end] == c.quote for c in odd)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="abcßİıſŉǆé .\n'-0ABC\u0000\u202e😀", max_size=60))
def test_every_character_keeps_its_place(text):
    """Also where a letter's other case is two characters, or there is none; never an error."""
    from khronika.read.gazetteer import Gazetteer
    from khronika.read.pipelines import load_pipeline

    text = text + " they said nothing of it. he went home."
    parse = parse_cased(text.lower(), load_pipeline(), Gazetteer.load().country_of)
    assert len(parse.text) == len(text.lower())
    assert parse.text.lower() == text.lower().lower()
