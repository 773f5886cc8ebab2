"""Skimming: a story whose words promise no claim is not read, in doubt it is; what is read is read as without the
gate."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khronika.errors import LexiconError
from khronika.read import skim
from khronika.read.reader import load_reader
from khronika.read.skim import PIECE, SHORT, WORD, Skimmer, load_skimmer, pieces, promise, stem
from khronika.read.trace import Trace
from khronika.settings import Settings
from khronika.text.tables import rows
from tests.read.conftest import story

GARDEN = "\n\n".join(
    (
        "The spring market opened in the old station hall with more stalls than last year, and with better weather.",
        "Growers brought tulips, young tomatoes and a dwarf apple that its breeder says will fruit on a balcony.",
        "The most popular stand sold soup, and by noon the queue went around the fountain twice and back again.",
        "Visitors could have their soil tested for free and learn how deep a bulb should sit and when to water it.",
        "A second market will follow in September, when the same hall is to show pumpkins, honey and late roses.",
        "Children planted sunflowers in paper cups, which they were told to put on a warm window sill for two weeks.",
        "The organizers hope that the hall, long empty, will be used for music and for dancing in the winter too.",
    )
)
MATCH = "\n\n".join(
    (
        "The visitors took the lead after nine minutes when the winger met a long pass and lifted it over the keeper.",
        "They might have had a second before half time, but a header from the corner came back off the bar.",
        "After the break the home side pressed harder, and their captain levelled the score with a low drive.",
        "Both coaches changed half their teams in the last twenty minutes, with a cup tie to come in midweek.",
        "The draw leaves the visitors third in the table, two points behind the leaders with six games to play.",
        "The home side stay ninth, and will be without their striker, who left the pitch with a sore knee.",
        "About eleven thousand people watched the game in steady rain, the best crowd of the season so far.",
    )
)
OIL = "\n\n".join(
    (
        "Crude oil prices edged up on Tuesday, helped by a weaker dollar and by lower stocks at the main storage hub.",
        "The benchmark for autumn delivery gained 40 cents to trade at 81 dollars a barrel by late morning.",
        "Refiners are buying ahead of the summer, when drivers travel more, and margins on petrol are good.",
        "Natural gas was flat, since mild weather is forecast for most of the coast until the end of next week.",
        "A larger field off the coast is due to start pumping in spring and should reach full output within a year.",
        "Shares of energy companies were mixed, with the largest up one percent and a smaller rival little changed.",
        "Gold and copper moved little in a quiet session before the holiday, and the currency was steady as well.",
    )
)
TRIAL = "\n\n".join(
    (
        "A court in the port city sentenced the editor Sven Odar to three years in prison on Monday for libel.",
        "Police had arrested Odar in March after his paper printed the accounts of the harbour company.",
        "His lawyer said that he was beaten in custody and that the court had refused to hear the doctor.",
        "Some forty people protested outside the courthouse, and at least six of them were detained.",
        "The union of journalists called for his release and said that the charge was an act of revenge.",
        "Prosecutors denied that anyone was tortured, and said that the detention was lawful from its first day.",
        "Two of his colleagues were questioned and released without charge; a third one has fled the country.",
    )
)
BRIEF = "Police detained the poet Lena Orvik on Friday. A judge ordered her held for ten days."


@pytest.fixture(scope="module")
def skimmer() -> Skimmer:
    """The bundled weights."""
    return load_skimmer()


@pytest.fixture(scope="module")
def everything():
    """The reader with the gate off."""
    return load_reader(Settings(gate=0))


@pytest.mark.parametrize("text", [GARDEN, MATCH, OIL], ids=["market", "match", "oil"])
def test_ordinary_news_is_left(skimmer, text):
    """A flower market, a football match and the price of oil promise no claim."""
    assert not skimmer.is_open(text)


def test_a_trial_is_read(skimmer):
    """A story about a trial is read, under a headline that says nothing too."""
    assert skimmer.is_open(TRIAL)
    assert skimmer.is_open("In the port city\n\n" + TRIAL)


def test_a_short_story_is_always_read(skimmer, reader):
    """A few lines are too little to be judged by: a brief, a caption, a headline alone."""
    assert Skimmer({}, -9.0, 1.0).is_open("Tulips are early this year.")
    assert Skimmer({"tulips": 0.0}, -9.0, 1.0).is_open("Tulips " * (SHORT - 1))
    assert not Skimmer({"tulips": 0.0}, -9.0, 1.0).is_open("Tulips " * SHORT)
    assert {c.type for c in reader.read(story(BRIEF)).claims} >= {"detention"}


@pytest.mark.parametrize("rest", [GARDEN, MATCH, OIL], ids=["market", "match", "oil"])
def test_a_digest_with_one_such_item_is_read(skimmer, rest):
    """Two sentences on an arrest among ordinary news open the whole, at its start, its end or in its middle: one piece
    that is likelier than not to hold a claim is enough."""
    item = "\n\n".join(TRIAL.split("\n\n")[:3])
    half = len(rest) // 2
    for text in (f"{item}\n\n{rest}\n\n{rest}", f"{rest}\n\n{rest}\n\n{item}", rest[:half] + f"\n\n{item}\n\n" + rest):
        assert skimmer.is_open(text)


def test_capitals_and_line_ends_do_not_matter(skimmer):
    """A story all in capitals or small letters, or in one paragraph, is judged as it stands in a paper."""
    for text, expected in ((GARDEN, False), (OIL, False), (TRIAL, True)):
        for other in (text.upper(), text.lower(), text.replace("\n\n", " "), text.replace(" ", "\n")):
            assert skimmer.is_open(other) is expected


def test_words_that_the_weights_do_not_know_are_read(skimmer):
    """Another language, another spelling or signs for letters say nothing to the weights: such a story is read."""
    spanish = (
        "El mercado de primavera se celebró en la antigua estación con más puestos que el año pasado y con mejor tiempo"
    )
    for unknown in (spanish, "".join(c if not c.islower() else chr(0x430 + ord(c) % 32) for c in GARDEN)):
        assert skimmer.is_open(f"{unknown}. " * 8)
    spelt = GARDEN.replace("a", "4x").replace("e", "qq")
    assert skimmer.is_open(spelt)


def test_a_story_left_has_no_claims_and_says_so(reader, everything):
    """Nothing is known of a story that is left, and its reading tells so; the gate off, it is read."""
    left = reader.read(story(GARDEN))
    assert (left.unread, left.claims, left.mentions, left.relations) == (True, (), (), ())
    assert not everything.read(story(GARDEN)).unread
    assert not reader.read(story(TRIAL)).unread


def test_what_is_not_read_as_story_does_not_count(reader):
    """The words of a notice, which the reader blanks, neither open a story nor close one."""
    document = story(GARDEN + "\n\n" + TRIAL)
    notice = replace(document, blocks=document.blocks[:7])
    assert reader.read(notice).unread
    assert not reader.read(document).unread


def test_another_language_is_no_matter_of_the_gate(reader):
    """A story marked as of another language is not read either, but not because of its words."""
    assert not reader.read(story(GARDEN, language="de")).unread


def test_an_explanation_reads_everything(reader):
    """Who asks why a sentence is read as it is gets an answer, whatever the text around it is about."""
    trace = Trace()
    assert not reader.read(story(GARDEN), trace).unread
    assert trace.lines


def test_a_story_that_is_read_is_read_whole(reader, everything):
    """The gate changes nothing in a story that it lets through but the reader's name, which says that it was off."""
    gated, full = reader.read(story(TRIAL)), everything.read(story(TRIAL))
    assert [replace(c, reader="") for c in gated.claims] == [replace(c, reader="") for c in full.claims]
    assert gated.claims
    assert gated.mentions == full.mentions
    assert gated.reader != full.reader
    assert ", all read" in full.reader


def test_frames_of_ones_own_are_looked_for_everywhere(tmp_path):
    """With a lexicon of one's own every story is read: its words may be such as the weights know nothing of."""
    (tmp_path / "own.toml").write_text(
        '[[frame]]\nid = "our-arrest"\ntype = "detention"\nshape = "done_to"\nverbs = ["nick"]\ntarget = "person"\n'
        'example = "Officers nicked the editor Mira Voss."\n',
        encoding="utf-8",
    )
    assert load_reader(Settings(lexicon=str(tmp_path))).skimmer is None


@pytest.mark.parametrize(
    "table",
    [
        (("arrest", "much"), ("*bias", "-1"), ("*opens", "0.2")),
        (("arrest", "1.0"), ("*opens", "0.2")),
        (("arrest", "1.0"), ("*bias", "-1")),
        (("*bias", "-1"), ("*opens", "nan")),
        (("*bias", "inf"), ("*opens", "0.2")),
        (("arrest",), ("*bias", "-1"), ("*opens", "0.2")),
    ],
    ids=["word for number", "no bias", "no bound", "nan", "infinite", "no weight"],
)
def test_a_bad_file_stops_the_start(monkeypatch, table):
    """Weights that are no finite numbers, or without the bound, are an error that names the file."""
    load_skimmer.cache_clear()
    monkeypatch.setattr(skim, "rows", lambda name: table)
    with pytest.raises(LexiconError, match=r"skim\.tsv"):
        load_skimmer()
    monkeypatch.undo()
    load_skimmer.cache_clear()
    assert load_skimmer().weights


def test_the_file_holds_stems_once_and_no_names(skimmer):
    """Each row is a stem as a word is cut to, none twice, and of words mostly written small: no people, country or
    person decides whether a story is read."""
    names = [name for name, _ in rows(skim.FILE)]
    assert len(names) == len({*names})
    assert all(stem(name) == name and WORD.fullmatch(name) for name in skimmer.weights)
    assert not {stem(name) for name in ("Russian", "Chinese", "Kenya", "Mohammed", "Ukraine", "Uyghur")} & {
        *skimmer.weights
    }


def test_nothing_and_very_much(skimmer):
    """An empty text and one of blanks are read, which costs nothing; a quarter of a million words are weighed."""
    assert skimmer.is_open("")
    assert skimmer.is_open(" \n\0" * 5000)
    assert not skimmer.is_open((GARDEN + "\n\n") * 2000)
    assert isinstance(skimmer.is_open("a" * 1_000_000 + " " + GARDEN), bool)


def test_the_same_in_any_process():
    """The order in which a set of words is gone through is another in each process; what a story promises is not."""
    code = (
        "from khronika.read.skim import WORD, load_skimmer, stem\n"
        "from tests.read.test_skim import GARDEN, TRIAL\n"
        "words = [stem(w) for w in WORD.findall(GARDEN + TRIAL)]\n"
        "print(load_skimmer().chances(words))"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, check=True,
            capture_output=True, text=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(told) == 1


def test_promise_is_the_best_quarter():
    """One piece in a long text does not speak for it, a quarter does; of a short one the two best; nothing of none."""
    assert promise([]) == 0
    assert promise([0.4]) == 0.4
    assert promise([0.4, 0.2, 0.0]) == pytest.approx(0.3)
    assert promise([0.0] * 6 + [0.4] * 2) == 0.4
    assert promise([0.0] * 39 + [0.4]) == pytest.approx(0.04)


@given(st.integers(0, 100_000))
def test_pieces_cover_every_word_once(count):
    """Pieces follow one another without gap to the last word, all of about one length."""
    each = [*pieces(count)]
    assert each[0][0] == 0
    assert each[-1][1] == count
    assert all(a[1] == b[0] for a, b in pairwise(each))
    if count >= SHORT:
        assert all(0.7 * PIECE <= last - first <= 1.3 * PIECE for first, last in each)


@given(st.text(max_size=2000), st.integers(1, 50))
def test_any_text_is_judged(text, times):
    """No text breaks the gate; every chance is a probability; the same text gets the same answer."""
    skimmer = load_skimmer()
    many = text * times
    assert skimmer.is_open(many) == skimmer.is_open(many)
    assert all(0 < chance < 1 for chance in skimmer.chances([stem(w) for w in WORD.findall(many)]))
