"""Whether what stands in the target's place can be the target of a frame: a person, a body, or nobody at all."""

from __future__ import annotations

from dataclasses import replace

from khronika.read.cast import Cast
from khronika.read.fire import Fired
from khronika.read.stage import Atlas
from khronika.read.syntax import Tree
from khronika.read.who import Who
from khronika.read.words import people_words

COMMERCE = frozenset({"company", "club", "school", "university", "agency", "federation", "league", "center", "centre"})
"""Bodies whose fines and bans are mostly business or sport."""


SHARES = frozenset(
    {
        "total",
        "number",
        "rest",
        "half",
        "third",
        "quarter",
        "fifth",
        "tenth",
        "two-third",
        "most",
        "remainder",
        "bulk",
        "batch",
    }
)
"""Nouns that count what they are of: "a total of eight people"."""


def fitting(tree: Tree, f: Fired, targets: list[Who], atlas: Atlas, cast: Cast) -> list[Who] | None:
    """The targets that the frame can be about; None where it needs one and has none."""
    frame, words = f.frame, people_words()
    kept = [replace(w, kind="people") if _is_people(tree, w, cast) or _humanized(tree, f, w) else w for w in targets]
    kept = [w for w in kept if not (w.kind == "body" and "court" in w.text.lower() and frame.penalties)]
    if frame.of:
        kept = [w for w in kept if tree.first <= w.head < tree.last and frame.of & _lemmas(tree, w.head)]
        return kept or None
    if frame.target == "person":
        kept = [w for w in kept if w.kind in {"person", "people"}]
    elif frame.target == "someone":
        premises = [
            w for w in kept if w.kind == "thing" and frame.type == "attack" and tree.lemma(w.head) in words.premises
        ]
        kept = [w for w in kept if w.names or w.kind in {"person", "people", "body"} or _voiced(tree, w)] or premises
    elif frame.target == "organization":
        kept = [
            w
            for w in kept
            if (w.kind == "body" and (w.names or tree.lemma(w.head) in words.bodies))
            or tree.lemma(w.head) in words.bodies
        ]
        kept = [w for w in kept if not (w.names and atlas.country_of(w.names[0]))]
    if frame.named:
        kept = [w for w in kept if w.names]
    if kept:
        return kept
    if targets and not (frame.bare and any(tree.lemma(w.head) not in words.things for w in targets)):
        return None
    lemma = tree.lemma(f.trigger)
    loose = frame.bare or frame.thing or frame.shape in {"noun_of", "acts", "none", "figure"}
    loose = loose or lemma in frame.bare_nouns or " ".join(tree.lower(s) for s in f.slots) in frame.bare_nouns
    loose = loose or (frame.predicate and bool(tree.kids(f.trigger, "cop")))
    return [] if loose or _tentative(tree, f) or _headline(tree, f) else None


def _voiced(tree: Tree, who: Who) -> bool:
    """A paper, station, party or group: a body that is charged, fined and tried as its people are."""
    return tree.first <= who.head < tree.last and tree.lemma(who.head) in people_words().bodies - COMMERCE


def able(tree: Tree, f: Fired, doers: tuple[int, ...], done_to: tuple[int, ...] = ()) -> bool:
    """Whether who does it can do it, by the frame's `by` and `not_by`, and to whom, by its `of`; violence has people as
    its doers.

    For "protesters stormed the building" (`by`: protesters, crowds), not "the army stormed the building"; for "the team
    rallied", "shares rallied" (`not_by`); for "the storm injured three", where a thing is the subject.
    """
    frame, words = f.frame, people_words()
    kinds = {lemma for d in doers for lemma in _lemmas(tree, d)}
    if frame.not_by & kinds or (frame.by and f.form == "verb" and not frame.by & kinds):
        return False
    if frame.of and not any(frame.of & _lemmas(tree, t) for t in done_to):
        return False
    if frame.actor in {"private", "outsider"} and f.form == "verb" and not tree.is_passive(f.trigger) and not frame.by:
        things = [d for d in doers if tree.pos(d) == "NOUN" and not any(words.is_human(k) for k in _lemmas(tree, d))]
        return not (things and not kinds & (words.bodies | words.official))
    return True


def is_body(tree: Tree, who: Who) -> bool:
    """A common noun for a body that acts: "the party", "the union", "the committee"."""
    return tree.first <= who.head < tree.last and tree.lemma(who.head) in people_words().bodies


def is_office(tree: Tree, who: Who) -> bool:
    """A common noun for an office of a state: "the governorate", "the prosecutor's office"."""
    return tree.first <= who.head < tree.last and tree.lemma(who.head) in people_words().offices


def _lemmas(tree: Tree, i: int) -> set[str]:
    """The lemmas of the head and of what it counts: "hundreds of protesters", "a group of men", "party workers"."""
    inner = tree.obliques(i, "of")
    near = [i, *inner, *tree.kids(i, "conj", "appos", "compound", "nmod:desc")]
    return {w for j in near for w in (tree.lemma(j), tree.lower(j))}


def _humanized(tree: Tree, f: Fired, who: Who) -> bool:
    """A common noun that is object or passive subject of a verb which is only done to people: "jailed a vlogger"."""
    if not f.frame.humanizes or who.kind != "thing" or not tree.first <= who.head < tree.last:
        return False
    if f.form == "noun" and not (tree.case(who.head) == "of" and tree.kids(who.head, "det", "amod", "nummod")):
        return False
    if f.form == "adjective":
        return False
    token = tree.token(who.head)
    return token.pos == "NOUN" and token.lemma not in people_words().things and not token.text[0].isdigit()


def _tentative(tree: Tree, f: Fired) -> bool:
    """ "The arrest was condemned …", "his trial": a definite noun whose person the story may name elsewhere."""
    marked = any(tree.lower(k) in {"the", "this", "these", "those"} for k in tree.kids(f.trigger, "det"))
    counted = bool(tree.kids(f.trigger, "nummod")) or tree.token(f.trigger).tag == "NNS"
    return f.form == "noun" and f.frame.target in {"person", "someone"} and (marked or counted)


def _headline(tree: Tree, f: Fired) -> bool:
    """A headline drops its subject: "Held for another's post", "Arrest in Leeds"."""
    return f.form == "verb" and tree.is_passive(f.trigger) and tree.last - tree.first <= 14


def _is_people(tree: Tree, who: Who, cast: Cast) -> bool:
    """Nationals and peoples in the plural: "Chechens", "three Danes"; the capital of a sentence's first word says
    nothing ("Elections were held")."""
    if not tree.first <= who.head < tree.last:
        return False
    token = tree.token(who.head)
    if who.kind == "thing":
        if token.lemma in SHARES:
            return any(people_words().is_human(tree.lemma(k)) for k in tree.obliques(who.head, "of"))
        opens = not any(tree.lower(i)[:1].isalnum() for i in range(tree.first, who.head))
        return token.text[:1].isupper() and (token.tag == "NNPS" or (token.tag == "NNS" and not opens))
    named = cast.at(who.head)
    return who.kind == "body" and token.tag == "NNPS" and named is not None and named.label == "LOC"
