"""The form of text that every offset counts."""

import time
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from khronika.capture.wording import clean, one_line


def test_newlines_spaces_and_invisible_signs():
    assert clean("a\r\nb\rc\u2028d\u2029e") == "a\nb\nc\nd\n\ne"
    assert clean("15\xa0days\u202fin\tjail") == "15 days in jail"
    assert clean("Tim\u200bur\xadkan\ufeff \u202eabc\u202c") == "Timurkan abc"


def test_letters_are_composed():
    assert clean("Nova\u0301k") == "Novák"


def test_joiners_stay_where_they_are_spelling():
    """Persian and Indic spelling needs them; between Latin letters they only hide words from a search."""
    assert clean("می\u200cخواهم") == "می\u200cخواهم"
    assert clean("de\u200dtained") == "detained"


def test_piles_of_marks_do_not_blow():
    began = time.process_time()
    assert len(clean("a" + "\u0301\u0323" * 100_000)) < 100
    assert time.process_time() - began < 2


@given(st.text())
def test_cleaning_is_done_once(text):
    """Law: cleaning cleaned text changes nothing, and the result is NFC with \\n as its only control sign."""
    once = clean(text)
    assert clean(once) == once and unicodedata.is_normalized("NFC", once)
    assert not any(c != "\n" and unicodedata.category(c) == "Cc" for c in once)


@given(st.text())
def test_one_line_is_one_line(text):
    line = one_line(text)
    assert "\n" not in line and "  " not in line and line == line.strip()
