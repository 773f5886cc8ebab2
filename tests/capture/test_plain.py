# ruff: noqa: E501 - pages and paragraphs are kept on one line, as they are on a page
"""Wrapped lines are joined, paragraphs stay apart."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khronika.capture.plain import paragraphs

STORY = [
    "Police in Tarsk detained three teachers on Monday after a picket in front of the regional court, their lawyer said.",
    "The teachers, who had asked for the release of a colleague, were held for six hours and then let go without charge.",
    "A spokesman for the Morvanian Interior Ministry said that nobody had been detained, and called the reports rumors.",
]


@pytest.mark.parametrize("width", [60, 72, 80])
def test_hard_wrapped_files_are_joined(width):
    """A paragraph wrapped at 60-80 signs is one paragraph: sentences must not be cut in the middle."""
    text = "\n\n".join(textwrap.fill(p, width) for p in STORY)
    assert [p.text for p in paragraphs(text)] == STORY


def test_wrapped_without_blank_lines_parts_at_short_lines():
    text = "\n".join(textwrap.fill(p, 50) for p in STORY)
    assert len(paragraphs(text)) == 3


def test_paragraphs_on_single_lines_stay_apart():
    """One paragraph a line, no blank lines between: a line break ends a paragraph."""
    text = "Title Of The Story\n" + "\n".join(STORY)
    assert [p.text for p in paragraphs(text)] == ["Title Of The Story", *STORY]


def test_repeated_and_furniture_lines_are_never_joined():
    caption = "Teachers in front of the court"
    assert [p.text for p in paragraphs(f"{caption}\n{caption}\nShare\nplease wait\n")] == [
        caption,
        caption,
        "Share",
        "please wait",
    ]


def test_bullets_and_indents_are_seen():
    found = paragraphs("  • First post begins.\n\n    It goes on.\n\n  • Second.\n")
    assert [(p.text, p.bullet, p.indent) for p in found] == [
        ("First post begins.", True, 2),
        ("It goes on.", False, 4),
        ("Second.", True, 2),
    ]


def test_a_hyphen_at_the_line_end_is_kept():
    text = "\n".join(textwrap.wrap("They were held at an anti-government rally " * 6, 44, break_on_hyphens=True))
    assert "anti-government" in paragraphs(text)[0].text and "anti- " not in paragraphs(text)[0].text


@given(st.lists(st.text(alphabet="ab .\n•", max_size=60), max_size=30))
def test_no_word_is_lost(lines):
    """Law: the words of the page, bullets aside, come out once and in order."""
    text = "\n".join(lines)
    out = " ".join(p.text for p in paragraphs(text))
    assert out.replace("•", "").replace(" ", "") == text.replace("•", "").replace(" ", "").replace("\n", "")
