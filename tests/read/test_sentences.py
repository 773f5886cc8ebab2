"""Where sentences start: the head's answer, corrected by quotes, brackets, commas, names."""

from __future__ import annotations

import pytest

from khronika.read.sentences import sentence_spans
from khronika.read.tokenize import tokenize
from khronika.read.windows import Window, windows


def cut(text, at, names=()):
    """Sentences of a text when the head sees starts at the words of `at`."""
    spans = tuple(tokenize(text))
    words = tuple(text[a:b] for a, b in spans)
    starts = [i in at for i in range(len(words))]
    found = sentence_spans(Window(spans, words), starts, names)
    return [text[spans[a][0] : spans[b - 1][1]] for a, b in found]


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ("He left. She did not.", {0, 3}, ["He left.", "She did not."]),
        ('He left. "I stayed," she said.', {0, 4}, ["He left.", '"I stayed," she said.']),
        ('He left." She stayed.', {0, 3}, ['He left." She stayed.']),
        ("“I stayed,” Orlova said.", {0, 5}, ["“I stayed,” Orlova said."]),
        ("(In this case, none.)", {0, 1}, ["(In this case, none.)"]),
        ("2. A court ruled.", {0, 2}, ["2. A court ruled."]),
        ("He left. ”", {0, 3}, ["He left. ”"]),
        ("Police In Karsk Disperse Picket", {0, 3}, ["Police In Karsk Disperse Picket"]),
    ],
)
def test_starts(text, at, expected):
    assert cut(text, at) == expected


def test_no_start_inside_a_name():
    assert cut("In St. Petersburg he left.", {0, 2}, [(1, 3)]) == ["In St. Petersburg he left."]


def whole(text, size=len):
    return [text[w.spans[0][0] : w.spans[-1][1]] for w in windows(text, size)]


def test_windows_are_lines_and_datelines():
    text = "NUR-SULTAN, Ruritania -- A court ruled.\nMINSK (AP) — It did.\n\nALL IN CAPITALS\nA man -- old -- left."
    text += "\nKarsk [Ruritania], July 3 (RNA): Police came."
    text += "\nKarsk, July 3 (RNA) - It left.\nThe United Party (UP) - a short history"
    assert whole(text) == [
        "NUR-SULTAN, Ruritania --",
        "A court ruled.",
        "MINSK (AP) —",
        "It did.",
        "ALL IN CAPITALS",
        "A man -- old -- left.",
        "Karsk [Ruritania], July 3 (RNA):",
        "Police came.",
        "Karsk, July 3 (RNA) -",
        "It left.",
        "The United Party (UP) - a short history",
    ]


def test_a_long_line_is_cut_at_sentence_ends():
    text = "One man was held there. " * 100
    parts = whole(text)
    assert len(parts) > 1
    assert all(part.endswith(".") for part in parts)
    assert sum(part.count("held") for part in parts) == 100


def test_a_weekday_goes_on_after_a_word():
    """American news puts the day right behind the verb or noun, without "on": no sentence starts there."""
    assert cut("He was shot in an ambush Wednesday by two men. Wednesday was quiet.", {0, 6, 11}) == [
        "He was shot in an ambush Wednesday by two men.",
        "Wednesday was quiet.",
    ]
