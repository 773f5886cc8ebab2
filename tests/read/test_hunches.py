"""Hunches: what the trained trigger head says of a sentence, and what frames make of it."""

from __future__ import annotations

import shutil

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from khronika.errors import ModelError
from khronika.read.fire import guess
from khronika.read.gate import passes
from khronika.read.hunches import FAINT, Hunches
from khronika.read.lexicon import load_lexicon
from khronika.read.parse import Hunch
from khronika.read.pipelines import BUNDLED
from khronika.read.syntax import Tree
from tests.read.conftest import story

LEXICON = load_lexicon()


def head(kinds=("detention", "protest"), width=4, seed=0):
    """A head of random weights over vectors of 384."""
    random = np.random.default_rng(seed)
    arrays = {"w1": (384, width), "b1": (width,), "w2": (width, len(kinds)), "b2": (len(kinds),)}
    return Hunches(None, {"kinds": np.array(kinds), **{k: random.normal(size=s) for k, s in arrays.items()}})


def with_hunches(reader, sentence, *hunches):
    """The tree of a sentence that has the hunches given, (word, kind, score) each, and no others."""
    parse = reader.pipeline.parse(sentence)
    (one,) = parse.sentences
    at = {t.text: t.i for t in parse.tokens}
    one.hunches = tuple(Hunch(at[word], kind, score) for word, kind, score in hunches)
    return parse, Tree(parse, one)


def test_a_sentence_is_as_likely_as_its_words_together():
    """The chance of a kind is that of the words' summed odds, and the strongest word is named."""
    scores = np.array([[0.0, -9.0], [1.0, -9.0], [-9.0, -9.0]], np.float32)
    (only,) = head().of(scores, 10)
    assert (only.token, only.kind) == (11, "detention")
    odds = np.exp(0) + np.exp(1) + np.exp(-9)
    assert only.score == pytest.approx(odds / (1 + odds), abs=1e-3)


@given(st.lists(st.lists(st.floats(-20, 20), min_size=2, max_size=2), min_size=1, max_size=30))
def test_the_likeliest_comes_first_and_faint_ones_are_left_out(rows):
    """For any scores: chances between FAINT and 1, falling, one a kind, their words inside the sentence."""
    found = head().of(np.array(rows, np.float32), 5)
    assert [h.score for h in found] == sorted((h.score for h in found), reverse=True)
    assert all(FAINT <= h.score <= 1 and 5 <= h.token < 5 + len(rows) for h in found)
    assert len({h.kind for h in found}) == len(found)


def test_a_model_without_the_head_has_no_hunches(tmp_path):
    """The head is an addition: no file, no hunches."""
    assert Hunches.load(tmp_path) is None


@pytest.mark.parametrize("content", [b"", b"not an archive", b"PK\x03\x04 cut off"])
def test_a_damaged_head_is_an_error_in_words(tmp_path, content):
    """A cut or foreign file stops the start and is named."""
    (tmp_path / "triggers.npz").write_bytes(content)
    with pytest.raises(ModelError, match=r"triggers\.npz or events\.onnx in .* is absent or damaged"):
        Hunches.load(tmp_path)


@pytest.mark.parametrize("content", [None, b"", b"not a graph"])
def test_a_head_without_its_layers_is_an_error(tmp_path, content):
    """The head alone is of no use: its layers' file must be there and whole."""
    shutil.copy(BUNDLED / "triggers.npz", tmp_path)
    if content is not None:
        (tmp_path / "events.onnx").write_bytes(content)
    with pytest.raises(ModelError, match=r"events\.onnx"):
        Hunches.load(tmp_path)


def test_a_head_that_lacks_a_part_is_an_error(tmp_path):
    """An archive without all arrays is no head."""
    shutil.copy(BUNDLED / "events.onnx", tmp_path)
    np.savez(tmp_path / "triggers.npz", kinds=np.array(["detention"]))
    with pytest.raises(ModelError, match="damaged"):
        Hunches.load(tmp_path)


def test_the_bundled_head_knows_the_frames_kinds(reader):
    """Plain reports are what it is surest of, ordinary sentences it says nothing of."""
    told = reader.pipeline.parse("Police arrested two reporters in the capital on Monday.").sentences[0].hunches
    assert told[0].kind == "detention"
    assert told[0].score > 0.5
    assert not [h for h in reader.pipeline.parse("The lake is deep and cold.").sentences[0].hunches if h.score > 0.1]


def test_a_strong_hunch_opens_a_frame_and_a_weak_one_none(reader):
    """The frame of its kind, on its word, from the chance that the frame asks for."""
    parse, tree = with_hunches(reader, "Two men fetched Oskar Lind at dawn.", ("fetched", "detention", 0.9))
    (opened,) = guess(tree, LEXICON, set(), set())
    assert (opened.frame.id, parse.tokens[opened.trigger].text, opened.form) == ("hunch-detention", "fetched", "verb")
    assert passes(parse, parse.sentences[0], LEXICON)
    parse, tree = with_hunches(reader, "Two men fetched Oskar Lind at dawn.", ("fetched", "detention", 0.3))
    assert guess(tree, LEXICON, set(), set()) == []


def test_what_the_frames_have_told_is_not_guessed_again(reader):
    """No hunch of a kind that is claimed in the sentence, none on a word that a claim rests on."""
    _, tree = with_hunches(reader, "Two men fetched Oskar Lind at dawn.", ("fetched", "detention", 0.9))
    assert guess(tree, LEXICON, {"detention"}, set()) == []
    assert guess(tree, LEXICON, set(), {tree.first + 2}) == []


def test_a_hunch_becomes_a_claim_with_its_roles_and_rule(reader, monkeypatch):
    """The claim says that it rests on a hunch; who and when are found by the sentence's grammar as for any frame."""
    text = "Two men fetched Oskar Lind on Monday."
    parse, _ = with_hunches(reader, text, ("fetched", "detention", 0.9))
    monkeypatch.setattr(type(reader.pipeline), "parse", lambda *_: parse)
    (claim,) = reader.read(story(text)).claims
    assert (claim.type, claim.rule, claim.targets) == ("detention", "hunch-detention", ("Oskar Lind",))
    assert claim.date
