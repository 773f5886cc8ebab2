"""At whom a gathering is aimed, where its own roles do not say (codebook: a protest's targets).

For "anti-Ruritania rallies", "marched against its influence", "rallied, demanding that the authorities free them".
"""

from __future__ import annotations

from dataclasses import replace

from khronika.read.cast import Cast
from khronika.read.fire import Fired
from khronika.read.syntax import Tree
from khronika.read.who import Who
from khronika.read.words import people_words

ANTI = ("anti-", "anti‐", "anti–")
POWERS = frozenset(
    {"government", "regime", "junta", "police", "military", "army", "monarchy", "authority", "authorities", "state"}
)
"""Common nouns of those in power: what demands are put to and rallies held against."""
ASKING = frozenset({"demand", "urge", "ask", "press", "call", "tell", "beg", "want", "petition", "pressure"})
"""Verbs by which protesters put a demand to someone."""
AGAINST = frozenset({"against", "at"})


def aimed_at(tree: Tree, fired: Fired, cast: Cast) -> list[Who]:
    """Those whom a protest is aimed at; empty where the sentence does not say."""
    return _anti(tree, fired, cast) or _whose(tree, fired, cast) or _asked(tree, fired, cast)


def addressed(tree: Tree, who: Who, actors: list[Who]) -> Who:
    """Those in power to whom a call is put, described as they are: "urged the ruling generals to step down",
    "the police must act". A described body is a call's target by its own words (codebook: to whom); who puts the call
    is not."""
    official = tree.first <= who.head < tree.last and (
        tree.lemma(who.head) in POWERS or tree.lemma(who.head) in people_words().official
    )
    if who.names or not official or not who.text or who.text in {w.text for w in actors}:
        return who
    return replace(who, names=(who.text,), kind="body")


def _anti(tree: Tree, fired: Fired, cast: Cast) -> list[Who]:
    """ "anti-Ruritania protests": the name after "anti-". An "anti-government" crowd is a sort of crowd."""
    spots = [fired.trigger, *fired.slots, *tree.objects(fired.trigger)]
    words = [tree.token(k).text for s in spots for k in tree.kids(s, "amod", "compound")]
    for word in words:
        name = word[len("anti-") :]
        if not word.lower().startswith(ANTI) or not name:
            continue
        known = [c for c in [*cast.places, *cast.groups] if name in {c.name, *c.forms}]
        if known and name[:1].isupper():
            return [Who(fired.trigger, (known[0].name,), name, kind="body")]
    return []


def _whose(tree: Tree, fired: Fired, cast: Cast) -> list[Who]:
    """ "protested Ruritania's growing influence", "a rally against the government's plan": whose doing it is."""
    spots = [fired.trigger, *fired.slots, *tree.kids(fired.trigger, "obj")]
    against = [k for s in spots for k in tree.kids(s, "obl", "nmod") if tree.case(k) in AGAINST]
    plain = tree.kids(fired.trigger, "obj") if tree.lemma(fired.trigger) in {"protest", "denounce"} else []
    return [w for k in [*against, *plain] for p in tree.possessors(k) if (w := _power(tree, p, cast))][:1]


def _asked(tree: Tree, fired: Fired, cast: Cast) -> list[Who]:
    """ "rallied, demanding that the authorities act", "to urge the government to resign": who is to do it."""
    head = tree.verb_above(fired.trigger)
    near = [head, *tree.kids(head, "advcl", "xcomp", "acl"), *(tree.kids(fired.trigger, "acl", "advcl"))]
    for v in near:
        if tree.lemma(v) not in ASKING or not tree.is_verb(v):
            continue
        asked = [*tree.kids(v, "obj"), *tree.obliques(v, "on", "upon")]
        asked += [s for c in tree.kids(v, "ccomp", "xcomp") for s in tree.kids(c, "nsubj")]
        if found := [w for k in asked if (w := _power(tree, k, cast))]:
            return found[:1]
    return []


def _power(tree: Tree, i: int, cast: Cast) -> Who | None:
    """A land, a body or those in power; no person, whose arrest may be what is protested."""
    named = cast.at(i)
    first = tree.phrase(i)[0]
    if named is not None and named.label != "PERSON" and tree.pos(i) == "PROPN":
        return Who(i, (named.name,), named.name, kind="body", definite=True)
    official = tree.lemma(i) in POWERS or (tree.lemma(i) in people_words().official and tree.token(i).tag == "NNS")
    if named is None and official:
        while first < i and tree.lower(first) in {"the", "a", "an", "their"}:
            first += 1
        text = tree.text(first, i + 1)
        return Who(i, (text,), text, kind="body", definite=True)
    return None
