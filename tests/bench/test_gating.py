"""What the gate is measured by: the halves of a gold, stories left unread and words read, texts cut and renamed."""

from __future__ import annotations

import pytest

from bench.endurance import cut, renamed
from bench.gating import halved, unread, words_read
from bench.mixture import mixture, ordinary
from khronika.evaluate.gold import Gold
from khronika.settings import Settings
from tests.read.conftest import story
from tests.read.test_skim import BRIEF, GARDEN, TRIAL


def test_halves_are_apart_and_make_the_whole():
    """Each page is in one half, by its name's hash; without a half all are asked for."""
    gold = Gold((), frozenset((f"w{n:03}.txt", 1) for n in range(40)), (), (), None)
    odd, even = halved(gold, 1), halved(gold, 0)
    assert odd.stories
    assert even.stories
    assert odd.stories | even.stories == gold.stories
    assert not odd.stories & even.stories
    assert halved(gold, None) is gold


def test_what_is_left_is_counted():
    """Of a market, a trial and a brief the market is left; the share of words that is read is that of the others."""
    texts = [GARDEN, TRIAL, BRIEF]
    assert (unread("left", texts).value, unread("left", texts).detail) == (1, "of 3 stories")
    read = len(f"{TRIAL} {BRIEF}".split())
    assert words_read("all", texts).value == pytest.approx(read / (read + len(GARDEN.split())))


def test_a_mixture_has_nine_ordinary_stories_to_one():
    """Both kinds come again from the start where there are too few."""
    rights = [story(TRIAL)]
    mixed = mixture(rights, Settings())
    assert mixed.count(rights[0]) * 10 == len(mixed)
    assert {d.id for d in mixed} <= {d.id for d in [*rights, *ordinary(Settings())]}


def test_a_text_is_cut_and_renamed_in_place():
    """A cut story ends with a word, its blocks within it; another turn writes names in another way, all else alike."""
    short = cut(story(TRIAL), 30)
    assert short.text == " ".join(TRIAL.split()[:30]).replace("libel. Police", "libel.\n\nPolice")
    assert short.blocks[-1].end == len(short.text)
    assert cut(story(TRIAL), 0).text == ""
    turns = [renamed(short, turn).text for turn in range(8)]
    assert len({*turns}) > 5
    assert {len(text) for text in turns} == {len(short.text)}
    assert all(text.split()[1] == "court" for text in turns)
