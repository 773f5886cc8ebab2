"""Words as the treebanks cut them, offsets exact, any text taken."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khronika.read.tokenize import tokenize


def words(text):
    return [text[a:b] for a, b in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He didn't say so.", "He did n't say so ."),
        ("He didn’t; they’ve, she'll", "He did n’t ; they ’ve , she 'll"),
        ("They can't and won't, cannot", "They ca n't and wo n't , can not"),
        ("Ruritania's largest city", "Ruritania 's largest city"),
        ("the workers' strike", "the workers ' strike"),
        ("O'Brien, Sha'lan and d'Herbinville's car", "O'Brien , Sha'lan and d'Herbinville 's car"),
        ("the U.S. court, at 5 p.m. on Sept. 3", "the U.S. court , at 5 p.m. on Sept. 3"),
        ("Mr. J. Smith Jr. of Acme Inc. spoke", "Mr. J. Smith Jr. of Acme Inc. spoke"),
        ("It ended. He left.", "It ended . He left ."),
        ("a 40-year-old, pro-government, re-elected mayor", "a 40 - year - old , pro-government , re-elected mayor"),
        ("al-Qasim and Turkic-speaking", "al - Qasim and Turkic - speaking"),
        ("fined $1,500 (€340.50) or 20%", "fined $ 1,500 ( € 340.50 ) or 20 %"),
        ("US$5m or 10am or 7:30PM", "US$ 5 m or 10 am or 7:30 PM"),
        ("in the 1990s, on the 22nd, 9/11, 2021-06-23", "in the 1990s , on the 22nd , 9/11 , 2021-06-23"),
        (
            "see https://example.org/a?b=1. Or www.example.org, ok",
            "see https://example.org/a?b=1 . Or www.example.org , ok",
        ),
        ("write to some.one@example.org now", "write to some.one@example.org now"),
        ("TOWN, Land -- Dozens", "TOWN , Land -- Dozens"),
        ("“No,” he said — loudly…", "“ No , ” he said — loudly …"),
        ("RFE/RL and and/or", "RFE / RL and and / or"),
        ("#FreeThem @someone", "#FreeThem @someone"),
        ("Wait... what?!", "Wait ... what ?!"),
        ("İstanbul’da Qasım ʿAbd al-Ḥaqq", "İstanbul’da Qasım ʿAbd al - Ḥaqq"),
    ],
)
def test_cuts(text, expected):
    assert words(text) == expected.split()


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_every_visible_character_lies_in_one_word(text):
    spans = tokenize(text)
    assert all(a < b for a, b in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    held = {i for a, b in spans for i in range(a, b)}
    assert {i for i, c in enumerate(text) if not c.isspace()} <= held
    assert not any(text[a].isspace() or text[b - 1].isspace() for a, b in spans)


@pytest.mark.parametrize("piece", ["a", "a-", "a.", "1,", "A.", "'s", "www.", "a@", "http://a", "(", "é’"])
def test_time_is_linear_in_the_text(piece):
    began = time.process_time()
    tokenize(piece * (200_000 // len(piece)))
    assert time.process_time() - began < 10
