"""Which frames a sentence fires, and on which word."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass

from khronika.read.lexicon import Frame, Lexicon, Pattern
from khronika.read.syntax import RELATIVE, VERBAL, Tree
from khronika.read.words import people_words

GAP = 14
"""Words that may stand between a verb and a later word of its pattern ("found the two men … guilty")."""
PHRASE = 8
"""Words that may stand between a preposition of a pattern and its noun ("to a remote high-security penal colony")."""
PARTICLES = frozenset({"away", "off", "out", "down", "up", "over", "back", "in", "on", "free", "dead", "alive"})
"""Words that belong to a verb from behind its object: "took the two men away", "shot him dead"."""
BETWEEN = frozenset(
    {"on", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "yesterday", "today", "again"}
)
"""Words of time that may stand inside a run of words: "called on Friday for"."""
HEADLINE = 16
"""Words of the longest line that is read as a headline."""
NOT = frozenset({"not", "n't", "n’t", "never", "no", "nobody", "nothing", "none", "without", "neither", "nor"})
NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "X", "VERB"})


@dataclass(frozen=True, slots=True)
class Fired:
    """A frame that fired: on token `trigger`, as "verb", "noun", "adjective" or "headline" (a verb taken for a noun).

    `slots`: the pattern's other words.
    """

    frame: Frame
    trigger: int
    form: str
    slots: tuple[int, ...] = ()


def fire(
    tree: Tree,
    lexicon: Lexicon,
    context: frozenset[str],
    able: Callable[[Fired], bool] = lambda f: True,
    fits: Callable[[Fired], bool] = lambda f: True,
    steps: list[list[Fired]] | None = None,
) -> list[Fired]:
    """All frames of the sentence, one a trigger word and meaning, in text order.

    `context`: lower-case words of this sentence and the one before, for frames that need company ("near"); `able`:
    whether who does it in the sentence can do it, `fits`: whether whom it is done to can be; a frame of whom that
    is not so leaves the word to another meaning.
    `steps`, for a trace, takes what matched, what of it no veto and no lack of company took away, what could be done.
    """
    found: list[Fired] = []
    for i in tree:
        found += _at(tree, i, lexicon)
    matched = found
    found = [f for f in found if not _vetoed(tree, f) and (not f.frame.near or f.frame.near & context)]
    unvetoed = found
    found = [f for f in found if able(f) and (not f.frame.negative or _negated(tree, f))]
    if steps is not None:
        steps += [matched, unvetoed, found]
    return _strongest(tree, found, fits)


def guess(
    tree: Tree, lexicon: Lexicon, kinds: set[str], taken: set[int], held: Set[tuple[int, str]] = frozenset()
) -> list[Fired]:
    """The frames that hunches open, for events told without any frame's words, or by words that no frame could place
    ("officers came for her at dawn").

    `kinds`: what the frames' own words claim in the sentence already; `taken`: the words that those claims rest on;
    `held`: words, with the kind, that frames know and deliberately do not read. What means something else to any frame
    of the kind ("free of charge") is not guessed at either, nor what a text is about ("a book about protests").
    """
    out = []
    for hunch in tree.sentence.hunches:
        frame = lexicon.guess(hunch)
        if frame is None or hunch.kind in kinds or (hunch.token, hunch.kind) in held:
            continue
        means_else = any(f.type == hunch.kind and _vetoed(tree, Fired(f, hunch.token, "noun")) for f in lexicon.frames)
        if hunch.token not in taken and not means_else and tree.case(hunch.token) != "about":
            form = "verb" if tree.is_verb(hunch.token) else "adjective" if tree.pos(hunch.token) == "ADJ" else "noun"
            out.append(Fired(frame, hunch.token, form))
            taken = taken | {hunch.token}
    return out


def _at(tree: Tree, i: int, lexicon: Lexicon) -> Iterable[Fired]:
    lemma, lower = tree.lemma(i), tree.lower(i)
    if lemma not in lexicon.words and lower not in lexicon.words:
        return
    verbal = not tree.dep(i).startswith("aux") if lemma == "be" else tree.is_verb(i) or tree.token(i).tag == "MD"
    if verbal and (verb := lexicon.verb(lemma, lower)):
        for frame, pattern in lexicon.by_verb.get(verb, ()):
            if any(words.isdisjoint(tree.words) for words in pattern.slots):
                continue  # a cheap look at the whole sentence first
            slots = _slots(tree, i, pattern)
            if slots is not None and not (frame.thing and _elsewhere(tree, i, slots)):
                yield Fired(frame, i, "verb", slots)
        if tree.is_passive(i):
            for frame in lexicon.by_passive.get(verb, ()):
                yield Fired(frame, i, "verb")
    if not verbal and _headline_verb(tree, i):
        for frame, pattern in lexicon.by_verb.get(lexicon.verb(lower, lower), ()):
            if not pattern.slots and frame.shape == "done_to":
                yield Fired(frame, i, "headline")
                return
    if tree.dep(i).startswith(("amod", "acl")) or tree.pos(i) == "ADJ" or _predicate(tree, i):
        for frame in lexicon.by_adjective.get(lower, ()):
            yield Fired(frame, i, "adjective")
    for word in dict.fromkeys((lemma, lower)):  # not a set: its order would change from run to run
        for frame, words in lexicon.by_noun.get(word, ()):
            if (head := _noun(tree, i, words)) is not None and _after(tree, i, frame):
                form = "verb" if len(words) > 1 and tree.is_verb(head) else "noun"
                yield Fired(
                    frame, head, form, tuple(j for j in range(i, i + len(words)) if form == "noun" or j != head)
                )


def _headline_verb(tree: Tree, i: int) -> bool:
    """ "Delhi police arrest five students": a headline's verb that the tree takes for a noun, between who and whom."""
    if not tree.first < i < tree.last - 1 or tree.pos(i) not in {"NOUN", "PROPN"}:
        return False
    if tree.last - tree.first > HEADLINE or tree.token(tree.last - 1).text in {".", "!", "?"}:
        return False
    doer = tree.lemma(i - 1) in people_words().official and tree.pos(i - 1) in {"NOUN", "PROPN"}
    return doer and tree.pos(i + 1) in {"NUM", "DET", "ADJ", "NOUN", "PROPN"}


def _predicate(tree: Tree, i: int) -> bool:
    """Whether a participle is said of a subject as an adjective is: "she has been missing for a year"."""
    participle = tree.token(i).tag in {"VBG", "VBN"} and not tree.kids(i, "obj")
    return participle and any(tree.lemma(k) == "be" for k in tree.kids(i, "aux", "cop"))


def _slots(tree: Tree, verb: int, pattern: Pattern) -> tuple[int, ...] | None:
    """The tokens that fill the pattern's further words: after the verb, or as its (passive) subject ("his bail plea was
    rejected"), its adverb ("fatally shot") or the noun that it modifies ("sentences handed down"). None when one is
    missing."""
    out, at = [], verb
    for words, close in zip(pattern.slots, pattern.close, strict=True):
        span = PHRASE if at > verb and tree.pos(at) == "ADP" else GAP
        reach = [j for j in _following(tree, at, span) if (not close or _close(tree, at, j)) and not _is_month(tree, j)]
        fit = (j for j in reach if tree.lower(j) in words or tree.lemma(j) in words)
        place = next((j for j in fit if not _of_another(tree, verb, j)), None)
        if place is None and close:
            return None
        if place is None:
            outside = tree.subjects(verb) if tree.is_passive(verb) or tree.dep(verb).startswith(("acl", "amod")) else []
            outside += [k for s in outside for k in tree.kids(s, "compound", "amod")]
            outside += [tree.head(verb)] if tree.dep(verb).startswith(("amod", "acl")) else []
            outside += tree.kids(verb, "advmod")
            place = next((j for j in outside if tree.lemma(j) in words or tree.lower(j) in words), None)
        if place is None:
            return None
        out.append(place)
        at = max(at, place)
    return tuple(out)


def _of_another(tree: Tree, verb: int, j: int) -> bool:
    """Whether noun `j` is the object of a verb in a clause of its own: in "were held after staging a rally" nobody held
    a rally."""
    head = tree.head(j)
    own = tree.dep(j) == "obj" and tree.is_verb(head) and head != verb
    return (
        own
        and tree.dep(head).startswith(("advcl", "acl:relcl"))
        and "to" not in {tree.lower(k) for k in tree.kids(head, "mark")}
    )


def _elsewhere(tree: Tree, verb: int, slots: tuple[int, ...]) -> bool:
    """Whether the verb's object is none of the pattern's words: "closed the shop after an investigation"."""
    objects = [o for o in tree.kids(verb, "obj") if tree.pos(o) in {"NOUN", "PROPN"}]
    named = bool(slots) and tree.pos(slots[0]) in {"NOUN", "PROPN"}
    return named and bool(objects) and not any(o in slots or tree.head(s) == o for o in objects for s in slots)


def _close(tree: Tree, at: int, j: int) -> bool:
    """Whether `j` follows at once, or but for the time ("called Monday for"), or is the particle of the verb at `at`:
    "took away", "took the two men away"."""
    if j == at + 1 or (tree.head(j) == at and (tree.dep(j) == "compound:prt" or tree.lower(j) in PARTICLES)):
        return True
    return at < j <= at + 3 and all(tree.lower(k) in BETWEEN for k in range(at + 1, j))


def _is_month(tree: Tree, i: int) -> bool:
    """ "in March 2018": the month, not a march."""
    if tree.token(i).text not in {"March", "May"}:
        return False
    after = tree.token(i + 1).text if i + 1 < tree.last else ""
    if tree.token(i).text == "March" and i > tree.first and tree.token(i - 1).text[:1].islower():
        return True  # "a wet March"; the march of a movement has its name before it
    return after[:1].isdigit() or (
        i > tree.first and tree.lower(i - 1) in {"in", "on", "since", "last", "until", "late", "early"}
    )


def _following(tree: Tree, i: int, span: int) -> Iterable[int]:
    """The tokens after `i`, at most `span`, that still belong to its clause."""
    for j in range(i + 1, min(i + 1 + span, tree.last)):
        if (
            (tree.token(j).text in {";", ":", "."} and j > i + 2)
            or (tree.lower(j) in RELATIVE and tree.pos(j) != "DET")
            or tree.lower(j) == "according"
        ):
            if tree.lower(j) == "that":
                yield j
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
    if heads and "-" not in words and tree.token(heads[-1]).tag in {"VBD", "VBP", "VBZ"}:
        return None  # "police raid" the noun is not "police raided"; "lathi-charged" is a verb of its own
    if len(words) == 1 and (tree.pos(i) not in {"NOUN", "PROPN"} or _in_a_name(tree, i)):
        return None
    if len(words) == 1 and tree.dep(i).startswith("compound") and tree.pos(tree.head(i)) == "NOUN":
        return None
    return heads[-1] if heads else None


def _in_a_name(tree: Tree, i: int) -> bool:
    """Whether a word is part of a body's name: "Regional Trial Court", "the Protest Monitoring Group"."""
    if not tree.token(i).text[:1].isupper():
        return False
    return any(n.label == "ORG" and n.first <= i < n.last and n.last - n.first > 2 for n in tree.sentence.names)


def _after(tree: Tree, i: int, frame: Frame) -> bool:
    """Whether one of the frame's `after` words stands just before ("is still in jail")."""
    if not frame.after or tree.lemma(i) in frame.after:
        return True
    if tree.last - tree.first <= HEADLINE and not any(tree.pos(j) in VERBAL for j in tree):
        return True  # a headline without a verb: "Union leader in custody"
    return any(tree.lemma(j) in frame.after or tree.lower(j) in frame.after for j in range(max(tree.first, i - 4), i))


def _negated(tree: Tree, fired: Fired) -> bool:
    """Whether the clause says "not", "no", "nobody": for frames that are true only so ("has not been seen since")."""
    return any(tree.lower(j) in NOT for j in tree.subtree(tree.verb_above(fired.trigger)))


def _vetoed(tree: Tree, fired: Fired) -> bool:
    """Whether the trigger stands in one of the runs of words that mean something else."""
    spots = {fired.trigger, *fired.slots}
    words_here = tree.words
    return any(
        start <= fired.trigger < start + len(words) or (strict and spots & set(range(start, start + len(words))))
        for strict, runs in ((False, fired.frame.unless), (True, fired.frame.unlike))
        for words in runs
        if words_here.issuperset(words)
        for start in range(max(tree.first, min(spots) - len(words) + 1), min(max(spots), tree.last - len(words)) + 1)
        if all(w == tree.lower(start + k) for k, w in enumerate(words))
    )


def _restates(tree: Tree, f: Fired, other: Fired) -> bool:
    """ "is preparing to impose sanctions": two verbs of one frame with one noun are one event, that of the verb which
    the noun belongs to."""
    shared = f.trigger != other.trigger and f.frame is other.frame and bool(set(f.slots) & set(other.slots))
    below = other.form == "verb" and tree.dep(other.trigger).startswith(("xcomp", "acl"))
    return shared and below and f.trigger in tree.ancestors(other.trigger)


def _strongest(tree: Tree, found: list[Fired], fits: Callable[[Fired], bool]) -> list[Fired]:
    """One frame a trigger, the most specific; none on a word that belongs to a richer frame of the same matter."""
    best: dict[int, list[Fired]] = {}
    for f in found:
        rivals = [o for o in best.setdefault(f.trigger, []) if not _apart(f, o)]
        if not rivals or all((fits(f), *_weight(f)) > (fits(o), *_weight(o)) for o in rivals):
            best[f.trigger] = [o for o in best[f.trigger] if o not in rivals] + [f]
    every = [f for fs in best.values() for f in fs]
    every = [f for f in every if not any(_restates(tree, f, o) for o in every)]
    kept = []
    for f in every:
        owners = [
            o
            for o in every
            if o.trigger != f.trigger and f.trigger in o.slots and o.frame.type not in {"call", "dispersal", "threat"}
        ]
        if not any((o.form == "verb" or len(o.slots) > len(f.slots)) and fits(o) for o in owners):
            kept.append(f)
    return sorted(kept, key=lambda f: f.trigger)


def _weight(f: Fired) -> tuple[int, bool]:
    """How much a frame says of its place: the words of its pattern, then who must do it or what it is done to."""
    return len(f.slots), bool(f.frame.of or f.frame.by)


def _apart(f: Fired, other: Fired) -> bool:
    """Two meanings of one word that the doer tells apart: "beaten by guards", "beaten by a mob"."""
    return bool(f.frame.actor and other.frame.actor) and f.frame.actor != other.frame.actor
