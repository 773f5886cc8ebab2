from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khronika.cli import screen

HOSTILE = "\x1b]0;owned\x07\x1b[2Jcalm\u202edetrevni\u202c\x9b31m \u2066x\u2069 \ud800"


def test_text_from_outside_cannot_steer_the_terminal():
    """Escape sequences, C1 controls, bidirectional overrides and lone surrogates never reach the screen."""
    seen = screen.clean(HOSTILE)
    assert "calm" in seen
    assert not {unicodedata.category(c) for c in seen} & {"Cc", "Cf", "Cs"}


@given(st.text())
def test_cleaning_is_final(text):
    """Cleaned text is one line, has nothing left to clean, and keeps every visible character."""
    seen = screen.clean(text)
    assert screen.clean(seen) == seen
    assert "\n" not in seen
    visible = [c for c in text if unicodedata.category(c)[0] not in "CZ" and not c.isspace()]
    assert [c for c in seen if unicodedata.category(c)[0] not in "CZ"] == visible


def test_joiners_that_spelling_needs_are_kept():
    """A Persian word with a zero-width non-joiner stays as it is written."""
    assert screen.clean("می\u200cخواهم") == "می\u200cخواهم"


@pytest.mark.parametrize("words", ["[bold]Oralbek[/bold]", "[link=x]here[/link]", ":smile: 12 True"])
def test_brackets_are_words_not_markup(words, capsys):
    """A story that writes [/bold] is shown as written, not obeyed."""
    screen.say(words)
    assert capsys.readouterr().out == words + "\n"


@given(st.dictionaries(st.text(), st.text() | st.none() | st.booleans()))
def test_json_is_json_and_harmless(value):
    """What programs read is the value itself; what a terminal would obey is escaped."""
    written = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(screen.sys.stdout, "write", written.append)
        screen.answer(value)
    text = "".join(written)
    assert json.loads(text) == value
    assert not {unicodedata.category(c) for c in text} & {"Cs"}
    assert not set(text) & set("\x1b\x9b\u202e\u2066\u2028")


@pytest.mark.parametrize("width", [40, 80, 120])
def test_paragraphs_keep_to_the_width(width, capsys, monkeypatch):
    """Quotes wrap inside the terminal, at any width, with their indent on every line."""
    monkeypatch.setenv("COLUMNS", str(width))
    screen.say("“" + "She was taken from her house at dawn by men who gave no names. " * 4 + "”", indent=4)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 2
    assert all(len(line) <= width and line.startswith("    ") for line in lines)


def test_no_colour_where_nobody_looks(capsys):
    """Piped output has no escape codes, so that it can be searched and kept."""
    screen.say(("bold", "bold"), (" grey", screen.QUIET))
    screen.table(("name",), [["\x1b[31mRed"]])
    assert "\x1b" not in capsys.readouterr().out
