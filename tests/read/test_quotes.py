"""Quotations: found in straight and curly marks, over several sentences, and never across a lost mark."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from khronika.read.quotes import LONGEST, find_quotes, inside


def spans(text: str) -> list[str]:
    return [text[q.start : q.end] for q in find_quotes(text)]


def test_speech_in_curly_and_straight_marks():
    """Both kinds of marks; a short quoted term is no speech."""
    text = (
        '“We were beaten for two days. Nobody came,” he said. A "foreign agent" wrote: "I was held for a whole night."'
    )
    assert spans(text) == ["“We were beaten for two days. Nobody came,”", '"I was held for a whole night."']


def test_a_straight_mark_does_not_reach_into_the_next_paragraph():
    """A lost closing mark ends with its paragraph."""
    assert spans(
        'He said "the door was open that whole night\n\nThe second "paragraph has its own words here" too'
    ) == ['"paragraph has its own words here"']


def test_a_lost_curly_mark_does_not_swallow_the_story():
    """A quotation longer than any speech is none."""
    assert spans("“" + "word " * LONGEST + "”") == []


@given(st.text(alphabet='ab “”"\n.', max_size=200))
def test_quotes_are_ordered_and_inside(text):
    """Quotations lie inside the text, in order, and do not overlap."""
    quotes = find_quotes(text)
    assert all(0 <= q.start < q.end <= len(text) for q in quotes)
    assert all(a.end <= b.start for a, b in pairwise(quotes))
    assert all(inside(quotes, q.start) == n for n, q in enumerate(quotes))


def test_single_marks_and_apostrophes():
    """British marks are speech; the owner's mark and the apostrophe are none."""
    text = "'We don't know the workers' names or where they are,' he said. The dogs' owners' rights aren't the mayor's."
    assert spans(text) == ["'We don't know the workers' names or where they are,'"]


def test_speech_goes_on_in_the_next_paragraph():
    """A paragraph of speech that is not closed, before one that opens with a mark, is speech as well."""
    text = '"They came to the door at night.\n\n"They took my son away," she said.'
    assert spans(text) == ['"They came to the door at night.', '"They took my son away,"']
    assert len(spans(text.replace('"They', "“They").replace(',"', ",”"))) == 2


def test_mixed_marks():
    """Pages open with a curly mark and close with a straight one."""
    assert spans('“We were held for a whole night," she said.') == ['“We were held for a whole night,"']


def test_a_lost_curly_mark_ends_before_the_next_quotation():
    """A quotation that never closes does not swallow the next one."""
    text = "“The mark that closes is lost here.\n\nShe said “the door was open all night” and left."
    assert spans(text) == ["“the door was open all night”"]


@given(st.text(alphabet="ab '’‘“”\"\n.,", max_size=200))
def test_quotes_of_all_marks_are_ordered_and_inside(text):
    """The same holds with single marks among them."""
    quotes = find_quotes(text)
    assert all(0 <= q.start < q.end <= len(text) for q in quotes)
    assert all(a.end <= b.start for a, b in pairwise(quotes))
    assert all(inside(quotes, q.start) == n for n, q in enumerate(quotes))
