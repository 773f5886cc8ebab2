"""Folding: what is left for comparing when case, marks and punctuation are gone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khronika.text.fold import fold, without_marks


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Şükrü  DEMİR", "sukru demir"),
        ("O’Neill, Anne-Marie", "oneill anne marie"),
        ("Mal'kov", "malkov"),
        ("Straße", "strasse"),
        ("ＡＢＣ", "abc"),
        ("", ""),
        ("—…!", ""),
        ("under_score", "under score"),
    ],
)
def test_known_foldings(text, folded):
    """Case, accents, punctuation and full-width letters do not matter."""
    assert fold(text) == folded


def test_case_is_kept_without_marks():
    """Only marks go."""
    assert without_marks("Čapek") == "Capek"


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing_more(text):
    """The folded text is in one normal form: words, single spaces, none at the ends."""
    once = fold(text)
    assert "  " not in once and once == once.strip()
    assert fold(fold(once)) == fold(once)
