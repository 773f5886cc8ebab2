"""Sources in one sentence's tree, on any tree that a parser could give."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from khronika.facts.claims import Status
from khronika.read.attribution import according, beside, reporter
from khronika.read.parse import Parse, Sentence, Token
from khronika.read.syntax import Tree
from khronika.read.voice import listen

WORDS = (
    ("police", "NOUN", "NNS"),
    ("said", "VERB", "VBD"),
    ("saying", "VERB", "VBG"),
    ("told", "VERB", "VBN"),
    ("that", "SCONJ", "IN"),
    ("who", "PRON", "WP"),
    ("by", "ADP", "IN"),
    ("as", "ADP", "IN"),
    ("according", "VERB", "VBG"),
    ("to", "ADP", "IN"),
    ("report", "NOUN", "NN"),
    ("citing", "VERB", "VBG"),
    ("arrested", "VERB", "VBN"),
    ("arrest", "NOUN", "NN"),
    ("not", "PART", "RB"),
    ("was", "AUX", "VBD"),
    ("demanded", "VERB", "VBD"),
    ("denied", "VERB", "VBD"),
    (",", "PUNCT", ","),
)
LEMMAS = {"said": "say", "saying": "say", "told": "tell", "according": "accord", "citing": "cite", "arrested": "arrest"}
LEMMAS |= {"was": "be", "demanded": "demand", "denied": "deny"}
DEPS = "nsubj nsubj:pass obj iobj obl obl:agent nmod nmod:poss ccomp xcomp advcl acl acl:relcl parataxis conj appos"
DEPS += " case mark aux aux:pass advmod det punct flat fixed dep"


@st.composite
def trees(draw) -> Tree:
    """A sentence of up to nine words under any tree: every head is drawn among the words already hung."""
    words = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=9))
    order = draw(st.permutations(range(len(words))))
    heads, deps = [order[0]] * len(words), ["root"] * len(words)
    for k, i in enumerate(order[1:], 1):
        heads[i] = order[draw(st.integers(0, k - 1))]
        deps[i] = draw(st.sampled_from(DEPS.split()))
    tokens, at = [], 0
    for i, (text, pos, tag) in enumerate(words):
        tokens.append(Token(i, text, at, at + len(text), LEMMAS.get(text, text), pos, tag))
        at += len(text) + 1
    sentence = Sentence((0, len(words)), (0, at - 1), (), lambda: (tuple(heads), tuple(deps)))
    return Tree(Parse(" ".join(w[0] for w in words), tuple(tokens), (sentence,), ()), sentence)


@settings(max_examples=400, deadline=None)
@given(trees())
def test_any_tree_is_climbed_to_its_root(tree):
    """The climb ends on every tree; sources are words of the sentence, none twice, and the status is one of five."""
    for i in tree:
        voice = listen(tree, i)
        assert all(s in tree for s in voice.sources)
        assert len(set(voice.sources)) == len(voice.sources)
        assert voice.status in set(Status)


@settings(max_examples=400, deadline=None)
@given(trees())
def test_a_source_is_a_word_of_the_sentence(tree):
    """Whoever is found to speak by a verb, beside a clause or by "according to" stands in the sentence."""
    for i in tree:
        for found in (reporter(tree, i), beside(tree, i, None), according(tree, i)):
            assert found is None or found in tree


@settings(max_examples=200, deadline=None)
@given(trees())
def test_listening_twice_hears_the_same(tree):
    """The climb changes nothing: asked again, it answers the same."""
    assert [listen(tree, i) for i in tree] == [listen(tree, i) for i in tree]
