"""The gate: a sentence that holds no trigger in full can fire nothing and never gets a tree."""

from __future__ import annotations

from khronika.read.lexicon import Lexicon
from khronika.read.parse import Parse, Sentence

SHORTEST = 3
"""Words; a shorter line is a label ("Load more"), not a sentence."""


def passes(parse: Parse, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether the sentence holds all the words of some pattern, in any order, as lemma or as written.

    What cannot pass cannot fire: a frame asks for the same words, in order and in the right places. A sentence of which
    the trained head has a strong hunch passes too.
    """
    if sentence.last - sentence.first < SHORTEST:
        return False
    if any(lexicon.guess(hunch) for hunch in sentence.hunches):
        return True
    words: set[str] = set()
    for token in parse.tokens[sentence.first : sentence.last]:
        words.add(token.lemma)
        words.add(token.text.lower())
    return any(_opens(word, words, lexicon) for word in words & lexicon.words)


def _opens(word: str, words: set[str], lexicon: Lexicon) -> bool:
    """Whether a pattern that begins with `word` finds its other words in the sentence too."""
    if word in lexicon.by_adjective:
        return True
    if any(words.issuperset(pattern) for _, pattern in lexicon.by_noun.get(word, ())):
        return True
    verb = lexicon.verb(word, word)
    if verb in lexicon.by_passive:
        return True
    return any(all(words & slot for slot in pattern.slots) for _, pattern in lexicon.by_verb.get(verb, ()))
