"""The file of phrases: what it says, and what a damaged one is told."""

import pytest

from khronika.capture.cues import bare, cues, fold, parse_cues
from khronika.errors import LexiconError


def test_shipped_phrases_load():
    assert "load more" in cues().live and cues().notice.fits("SHARE THIS ")


def test_case_quotes_and_edges_do_not_count():
    assert fold("“It’s”  OVER") == '"it\'s" over' and bare("» Read more …") == "read more"


def test_long_paragraphs_are_never_furniture():
    """ "We use cookies …" in a sentence of a story of 200 words is story."""
    assert not cues().notice.fits("We use cookies " + "and words " * 200)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[notice\n", "line 1"),
        ("", r"no table \[notice\]"),
        ('[notice]\nlines = "menu"\n', r"\[notice\] lines is not a list"),
        ('[notice]\nlines = ["a", ""]\n', r"\[notice\] lines is not a list"),
        ("[notice]\nmost_words = 0\n", "not a positive number"),
    ],
)
def test_a_damaged_file_is_named(text, told):
    with pytest.raises(LexiconError, match=told):
        parse_cues(text)
