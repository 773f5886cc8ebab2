"""What a sentence takes for granted: "the killing must be investigated" demands no killing, it took place.

Verbs and nouns whose object or subject is an event that happened, whatever is demanded, planned or possible of them;
and the auxiliaries that several verbs share ("may be arrested and deported").
"""

from __future__ import annotations

from khronika.read.syntax import Tree
from khronika.read.words import voice_words

PLACES = frozenset({"obj", "nsubj", "obl", "nmod"})


def granted(tree: Tree, child: int, head: int) -> bool:
    """Whether `child`, an event's noun, is granted by its head: "investigate the killing", "an end to the raids"."""
    words = voice_words()
    dep, lemma = tree.dep(child).split(":")[0], tree.lemma(head)
    if dep not in PLACES or tree.is_verb(child):
        return False
    if tree.is_verb(head):
        return lemma in words.granting and (dep in {"obj", "nsubj"} or tree.case(child) == "into")
    return lemma in words.granting_nouns and tree.case(child) in {"into", "to", "for", "over", "on", "about", "of"}


def shared(tree: Tree, verb: int) -> list[int]:
    """The auxiliaries, and the "not" before an "or", that a verb has from the verb that it is joined to."""
    head = tree.head(verb)
    joined = tree.dep(verb).startswith("conj") and tree.is_verb(verb) and tree.is_verb(head)
    plain = tree.lower(verb) == tree.lemma(verb) and tree.token(head).tag == "VB"  # whatever its tag says
    alike = plain or tree.token(verb).tag == tree.token(head).tag
    if not joined or not alike or tree.kids(verb, "aux", "nsubj", "mark"):
        return []
    either = any(tree.lower(k) in {"or", "nor"} for k in tree.kids(verb, "cc"))
    own = [k for k in tree.kids(head, "aux", "advmod") if tree.dep(k).startswith("aux") or either]
    return own + shared(tree, head)
