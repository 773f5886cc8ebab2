"""Which frames a sentence fires, and on which word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from khronika.read.lexicon import Frame, Lexicon, Pattern
from khronika.read.syntax import RELATIVE, Tree

GAP = 14
"""Words that may stand between a verb and a later word of its pattern ("found the two men … guilty")."""
NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "X", "VERB"})


@dataclass(frozen=True, slots=True)
class Fired:
    """A frame that fired: on token `trigger`, as "verb", "noun", "adjective"; `slots`: the pattern's other words."""

    frame: Frame
    trigger: int
    form: str
    slots: tuple[int, ...] = ()


def fire(tree: Tree, lexicon: Lexicon, context: frozenset[str], steps: list[list[Fired]] | None = None) -> list[Fired]:
    """All frames of the sentence, one a trigger word and meaning, in text order.

    `context`: lower-case words of this sentence and the one before, for frames that need company ("near"). `steps`, for
    a trace, takes what matched, then what of it no veto and no lack of company took away.
    """
    found: list[Fired] = []
    for i in tree:
        found += _at(tree, i, lexicon)
    matched = found
    found = [f for f in found if not _vetoed(tree, f) and (not f.frame.near or f.frame.near & context)]
    if steps is not None:
        steps += [matched, found]
    return _strongest(found)


def _at(tree: Tree, i: int, lexicon: Lexicon) -> Iterable[Fired]:
    lemma, lower = tree.lemma(i), tree.lower(i)
    verbal = not tree.dep(i).startswith("aux") if lemma == "be" else tree.is_verb(i)
    if verbal and (verb := lexicon.verb(lemma, lower)):
        for frame, pattern in lexicon.by_verb.get(verb, ()):
            if (slots := _slots(tree, i, pattern)) is not None:
                yield Fired(frame, i, "verb", slots)
        if tree.is_passive(i):
            for frame in lexicon.by_passive.get(verb, ()):
                yield Fired(frame, i, "verb")
    if tree.dep(i).startswith(("amod", "acl")) or tree.pos(i) == "ADJ":
        for frame in lexicon.by_adjective.get(lower, ()):
            yield Fired(frame, i, "adjective")
    for word in {lemma, lower}:
        for frame, words in lexicon.by_noun.get(word, ()):
            if (head := _noun(tree, i, words)) is not None and _after(tree, i, frame):
                yield Fired(frame, head, "noun", tuple(range(i, i + len(words))))


def _slots(tree: Tree, verb: int, pattern: Pattern) -> tuple[int, ...] | None:
    """The tokens that fill the pattern's further words: after the verb, or as its (passive) subject, or the noun that
    it modifies ("sentences handed down"). None when one is missing."""
    out, at = [], verb
    for words, close in zip(pattern.slots, pattern.close, strict=True):
        reach = [j for j in _following(tree, at) if (not close or j == at + 1) and not _is_month(tree, j)]
        place = next((j for j in reach if tree.lower(j) in words or tree.lemma(j) in words), None)
        if place is None and close:
            return None
        if place is None:
            outside = tree.subjects(verb) if tree.is_passive(verb) or tree.dep(verb).startswith(("acl", "amod")) else []
            outside += [tree.head(verb)] if tree.dep(verb).startswith(("amod", "acl")) else []
            place = next((j for j in outside if tree.lemma(j) in words or tree.lower(j) in words), None)
        if place is None:
            return None
        out.append(place)
        at = max(at, place)
    return tuple(out)


def _is_month(tree: Tree, i: int) -> bool:
    """ "in March 2018": the month, not a march."""
    if tree.token(i).text not in {"March", "May"}:
        return False
    after = tree.token(i + 1).text if i + 1 < tree.last else ""
    return after[:1].isdigit() or (
        i > tree.first and tree.lower(i - 1) in {"in", "on", "since", "last", "until", "late", "early"}
    )


def _following(tree: Tree, i: int) -> Iterable[int]:
    """The tokens after `i` that still belong to its clause."""
    for j in range(i + 1, min(i + 1 + GAP, tree.last)):
        if (tree.token(j).text in {";", ":", "."} and j > i + 2) or (
            tree.lower(j) in RELATIVE and tree.pos(j) != "DET"
        ):
            return
        yield j


def _noun(tree: Tree, i: int, words: tuple[str, ...]) -> int | None:
    """The head of a run of words that starts at `i`: its last word that is no preposition. None when it is no match."""
    if i + len(words) > tree.last:
        return None
    for j, word in enumerate(words):
        if word not in {tree.lower(i + j), tree.lemma(i + j)}:
            return None
    if _is_month(tree, i):
        return None
    heads = [i + j for j in range(len(words)) if tree.pos(i + j) in NOMINAL]
    if len(words) == 1 and tree.pos(i) not in {"NOUN", "PROPN"}:
        return None
    if len(words) == 1 and tree.dep(i).startswith("compound") and tree.pos(tree.head(i)) == "NOUN":
        return None
    return heads[-1] if heads else None


def _after(tree: Tree, i: int, frame: Frame) -> bool:
    """Whether one of the frame's `after` words stands just before ("is still in jail")."""
    if not frame.after:
        return True
    return any(tree.lemma(j) in frame.after or tree.lower(j) in frame.after for j in range(max(tree.first, i - 4), i))


def _vetoed(tree: Tree, fired: Fired) -> bool:
    """Whether the trigger stands in one of the runs of words that mean something else."""
    spots = {fired.trigger, *fired.slots}
    for words in fired.frame.unless:
        for start in range(max(tree.first, min(spots) - len(words) + 1), max(spots) + 1):
            if start + len(words) > tree.last:
                break
            said = all(w == tree.lower(start + k) for k, w in enumerate(words))
            if said and fired.trigger in range(start, start + len(words)):
                return True
    return False


def _strongest(found: list[Fired]) -> list[Fired]:
    """One frame a trigger, the most specific; none on a word that belongs to a richer frame of the same matter."""
    best: dict[int, Fired] = {}
    for f in found:
        old = best.get(f.trigger)
        if old is None or len(f.slots) > len(old.slots):
            best[f.trigger] = f
    kept = []
    for f in best.values():
        owners = [
            o
            for o in best.values()
            if o is not f and f.trigger in o.slots and o.frame.type not in {"call", "dispersal"}
        ]
        if not any(o.form == "verb" or len(o.slots) > len(f.slots) for o in owners):
            kept.append(f)
    return sorted(kept, key=lambda f: f.trigger)
