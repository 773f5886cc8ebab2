"""The gate: most sentences of most stories hold no trigger word and are never parsed into a tree."""

from __future__ import annotations

from khronika.read.lexicon import Lexicon
from khronika.read.parse import Parse, Sentence

SHORTEST = 3
"""Words; a shorter line is a label ("Load more"), not a sentence."""


def passes(parse: Parse, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether a word of the sentence, as lemma or as written, can fire a frame."""
    if sentence.last - sentence.first < SHORTEST:
        return False
    words = lexicon.words
    return any(t.lemma in words or t.text.lower() in words for t in parse.tokens[sentence.first : sentence.last])
