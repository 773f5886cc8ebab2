"""Text as it can be seen: nothing in it steers a terminal, and no letter is lost."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from khronika.text.visible import visible


def test_what_steers_and_what_turns_goes_and_spelling_stays() -> None:
    """Escapes, overrides, invisible spaces and lone surrogates go; a joiner within a Persian word stays; lines join."""
    assert visible("\x1b[2JA\u200bna\u202e \n\t B\ud800o") == "[2JAna Bo"
    assert visible("می\u200cخواهم") == "می\u200cخواهم"
    assert visible("\u202e\u200b\ufeff ") == ""


@given(st.text())
def test_it_is_final_and_keeps_every_letter(text: str) -> None:
    """Seen twice it is the same; letters, marks, digits and signs stay in their order."""
    seen = visible(text)
    assert visible(seen) == seen
    assert [c for c in seen if unicodedata.category(c)[0] in "LMNPS"] == [
        c for c in text if unicodedata.category(c)[0] in "LMNPS"
    ]
