"""Laws that hold of every reading, whatever the text: exact spans, names from the text, the same answer each time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import khronika
from khronika.facts.claims import claim_to_json
from khronika.facts.documents import Document
from khronika.read.reader import FrameReader
from tests.read.conftest import story

STORY = (
    "Police in Tarsk arrested the editor Oskar Lind and three of his colleagues on Monday over a leaflet that called "
    "the mayor a thief, the news site Far Bank reported.\n\n"
    "“They took my husband at dawn and would not say where,” his wife, Mira Voss, told reporters outside the Central "
    "District Court on May 14. “He has a bad heart.”\n\n"
    "A court in the port of Velm sentenced two other activists, Dana Korlan and Timur Asheni, to 15 days in jail and a "
    "fine of $400 respectively. Korlan was beaten in her cell, according to her lawyer, Sven Aldoral.\n\n"
    "Some 200 people rallied in front of the ministry two days later, demanding that he be released. The Lind "
    "Committee, which was banned in 2019, said that one of its members, the 40-year-old nurse Aset Kairov, was missing."
)
SENTENCES = [s.strip() for s in STORY.replace("\n\n", " ").replace(". ", ".|").split("|")]
ODD = [
    "\0",
    "\u202e",
    "\u2066",
    "😀",
    "👩‍👩‍👧",
    "\u0301",
    "\u200b",
    "\ufeff",
    "\ud800",
    "(",
    "[",
    "“",
    "”",
    "…",
    "İ",
    "ß",
    "ﬁ",
    "警察",
]
"""What hostile or broken pages put between letters: NUL, bidi controls, emoji, marks, half a surrogate pair."""
QUICK = settings(
    max_examples=15, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def plain(text: str) -> str:
    """The text with one space for every run of white space, case put aside: how far a name must be as written."""
    return " ".join(text.split()).casefold()


def lawful(reader: FrameReader, document: Document) -> None:
    """Read, and check what must hold of every reading of every text."""
    reading, text = reader.read(document), document.text
    written = plain(text)
    for claim in reading.claims:
        assert text[claim.start : claim.end] == claim.quote != ""
        assert claim.trigger is not None
        assert claim.start <= claim.trigger[0] < claim.trigger[1] <= claim.end
        for name in (*claim.targets, *claim.actors, claim.speaker, claim.group, claim.charge):
            assert name is None or plain(name) in written
        assert claim.confidence is not None and 0 <= claim.confidence <= 1
        json.dumps(claim_to_json(claim))
    assert len({c.id for c in reading.claims}) == len(reading.claims)
    for mention in reading.mentions:
        assert all(plain(form) in written for form in mention.forms)


def test_the_story_itself(reader):
    """The story that the laws are tried on is one that much is read in, so that they are tried on something."""
    lawful(reader, story(STORY))
    kinds = {c.type for c in reader.read(story(STORY)).claims}
    assert {"detention", "sentence", "ill_treatment", "protest"} <= kinds


@QUICK
@given(st.integers(0, len(STORY)), st.integers(0, len(STORY)))
def test_a_story_cut_anywhere(reader, a, b):
    """Pages break off, and teasers begin in the middle of a word."""
    lawful(reader, story(STORY[min(a, b) : max(a, b)]))


@QUICK
@given(st.lists(st.tuples(st.integers(0, len(STORY)), st.sampled_from(ODD)), max_size=40))
def test_odd_signs_anywhere(reader, inserted):
    """NUL, bidi controls, emoji, combining marks, brackets and letters whose case has another length, anywhere."""
    text = STORY
    for at, sign in inserted:
        text = text[:at] + sign + text[at:]
    lawful(reader, story(text))


@QUICK
@given(
    st.lists(st.sampled_from(SENTENCES), max_size=8), st.sampled_from([" ", "\n", "\n\n", "", "\t", "\u00a0", "\r\n"])
)
def test_sentences_in_any_order(reader, sentences, between):
    """Any sentences in any order, also the same one again, joined by anything or nothing."""
    lawful(reader, story(between.join(sentences)))


@QUICK
@given(st.text(max_size=300))
def test_any_text(reader, text):
    """Text that is no language at all."""
    lawful(reader, story(text))


@pytest.mark.parametrize("case", [str.upper, str.lower, str.title, str.swapcase, str.casefold])
def test_any_case(reader, case):
    """Shouted, whispered and titled stories; names are then compared without their case."""
    lawful(reader, story(case(STORY)))


def test_a_story_twice_over(reader):
    """A story that a page holds twice is read once: a paragraph repeated to the letter claims nothing new."""
    once, twice = (reader.read(story(text)).claims for text in (STORY, f"{STORY}\n\n{STORY}"))
    assert [(c.type, c.quote) for c in twice] == [(c.type, c.quote) for c in once]


@pytest.mark.parametrize(
    "text",
    [
        "“He was arrested,” said Dana Korl. " * 100,
        "“" * 200 + "Police arrested Dana Korl." + "”" * 200,
        "(" * 300 + "Police arrested Dana Korl" + ")" * 300 + ".",
        "Police arrested " + "A" * 5000 + " on Monday.",
        "arrested" * 1000,
        "Dana Korl" + "'s brother" * 100 + " was arrested.",
        "He said " + "that she said " * 100 + "that police arrested Dana Korl.",
        "Police arrested " + ", ".join(f"Dana Kor{chr(97 + i % 26)}{chr(97 + i // 26)}" for i in range(60)) + ".",
        "Police arrested " + "nine hundred thousand million " * 50 + "people.",
        "Police arrested him " + "two days earlier " * 100 + "in Paris, France, " * 50,
        "the arrest " + "of the arrest " * 100 + "of Dana Korl.",
        "POLICE: " * 100,
        "Mr. " * 200 + "Korl was arrested.",
        "\n\n".join(["Was Dana Korl arrested?", "DANA KORL: I was.", "— Far Bank"] * 30),
        "a\u0301" * 500 + " arrested Dana Korl.",
        *("".join(sign * 400) for sign in ".!?\"'“”()[],;:—-…*/\\%$0\t\n "),
    ],
)
def test_too_much_of_anything(reader, text):
    """A thousand quotation marks, nested brackets, endless words and chains: read, and read lawfully."""
    lawful(reader, story(text))


def test_a_list_of_hundreds_of_names(reader):
    """A list of prisoners: names that share a first name or half a surname stay apart."""
    firsts, parts = ("Dana", "Timur"), ("bal", "der", "gim", "kol", "nus", "rat", "ven", "zor")
    names = [f"{a} {b}{c}".title() for b in parts for c in parts for a in firsts]
    text = "\n\n".join(f"Police arrested {name} on Monday." for name in names)
    assert len({c.targets for c in reader.read(story(text)).claims}) > len(names) * 0.9


READ = """
import json, sys
from khronika.facts.claims import claim_to_json
from khronika.read.reader import load_reader
from khronika.settings import Settings
from tests.read.conftest import story
from tests.read.test_laws import STORY
reading = load_reader(Settings()).read(story(STORY))
rest = [repr(x) for x in (*reading.mentions, *reading.relations)]
sys.stdout.buffer.write(json.dumps([[claim_to_json(c) for c in reading.claims], rest]).encode())
"""


@pytest.mark.parametrize(
    "around",
    [
        {"PYTHONHASHSEED": "0"},
        {"PYTHONHASHSEED": "7", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
        {"PYTHONHASHSEED": "4242", "LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "TZ": "Asia/Kathmandu"},
        {"PYTHONHASHSEED": "99", "LC_ALL": "POSIX", "OMP_NUM_THREADS": "2", "KHRONIKA_THREADS": "2"},
    ],
    ids=lambda around: around["PYTHONHASHSEED"],
)
def test_the_same_in_any_surroundings(reader, around):
    """Hash seed, locale, time zone and threads change nothing: a claim's id must be the same on every machine."""
    here = Path(khronika.__file__).parent.parent
    surroundings = {k: v for k, v in os.environ.items() if k not in {"LC_ALL", "LANG"}} | around
    surroundings["PYTHONPATH"] = str(here)
    done = subprocess.run([sys.executable, "-c", READ], capture_output=True, check=True, env=surroundings, cwd=here)
    reading = reader.read(story(STORY))
    rest = [repr(x) for x in (*reading.mentions, *reading.relations)]
    assert json.loads(done.stdout) == json.loads(json.dumps([[claim_to_json(c) for c in reading.claims], rest]))


def test_what_was_read_before_changes_nothing(reader):
    """A reader keeps nothing of one story for the next, so that neither order nor the number of processes counts."""
    documents = [story(text) for text in (*STORY.split("\n\n"), STORY, STORY.upper())]
    forward = [reader.read(d) for d in documents]
    backward = [reader.read(d) for d in reversed(documents)]
    assert forward == backward[::-1]
