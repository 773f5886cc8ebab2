"""Who did it, where the word's own subject, "by" and possessor do not say: the doer that the grammar around it names.

For "shot dead in an attack by gunmen", "died at the hands of guards", "police killings", "deployed agents to detain
him", "convicted of the murder of two men", "the shop was raided by police and its owner taken away".
"""

from __future__ import annotations

from khronika.read.fire import Fired
from khronika.read.syntax import Tree
from khronika.read.words import people_words

INCIDENTS = frozenset(
    {
        *("attack", "raid", "operation", "ambush", "shooting", "strike", "airstrike", "bombing", "crackdown"),
        *(
            "assault",
            "shelling",
            "offensive",
            "sweep",
            "roundup",
            "stabbing",
            "massacre",
            "beating",
            "explosion",
            "incident",
        ),
        *("exchange", "shootout", "encounter", "clash", "siege", "purge", "swoop", "invasion", "incursion"),
    }
)
"""Nouns of what goes on when people are killed, hurt or taken: "killed in a raid by soldiers"."""
HANDS = frozenset({"hand", "behest", "mercy"})
"""Nouns by which an "of" names the doer: "at the hands of", "at the behest of"."""
BLAMED = frozenset(
    {
        *("accuse", "suspect", "convict", "charge", "blame", "implicate", "involve", "indict", "try", "participate"),
        *("confess", "admit", "plead", "acquit", "arrest", "detain", "jail", "sentence", "execute", "prosecute"),
    }
)
"""Verbs of which the one blamed, tried or held is who did the deed that follows."""
GUILTY = frozenset({"of", "in", "for", "to", "with", "over"})
SENT = frozenset(
    {
        *("deploy", "send", "dispatch", "use", "order", "tell", "instruct", "direct", "task", "hire", "pay", "ask"),
        *("employ", "mobilize", "mobilise", "authorize", "authorise", "allow", "empower", "command", "let", "make"),
    }
)
"""Verbs whose object does what the infinitive after it says: "deployed troops to disperse them"."""
VIOLENT = frozenset({"death", "attack", "ill_treatment"})
"""Kinds of which somebody can be accused."""
OFFICIAL = frozenset({"detention", "charge", "release", "search", "dispersal", "transfer", "movement", "death"})
"""Kinds that share the doer of the passive that they are joined to: "raided by police and its editor arrested"."""
NEUTRAL = frozenset({"law", "security", "state", "staff", "personnel", "doctor", "president", "minister", "court"})
"""Official nouns that tell before a noun what it is about, not who did it: "security arrests", "court deaths"."""
MARCHING = frozenset(
    {
        *("protester", "protestor", "demonstrator", "marcher", "picketer", "striker", "rioter"),
        *("agitator", "mourner", "campaigner", "sit-inner"),
    }
)
"""Nouns for people that say that they protest."""
DURING = frozenset({"in", "during", "at", "amid", "after", "into"})


def doers_around(tree: Tree, fired: Fired) -> tuple[int, ...]:
    """Who does what the frame tells, where its own roles name nobody; () where the sentence does not say.

    `fired`: a frame whose target something is done to, or a gathering.
    """
    shape = fired.frame.shape
    if fired.frame.type == "protest":
        return tuple(_protesters(tree, fired))
    if shape not in {"done_to", "noun_of", "suffered"} or fired.form not in {"verb", "noun"}:
        return ()
    found = (
        _in_incident(tree, fired)
        or _at_hands(tree, fired.trigger)
        or (_compound(tree, fired.trigger) if fired.form == "noun" else _joined(tree, fired))
        or _sent(tree, fired)
        or _blamed(tree, fired)
    )
    return tuple(found)


def _in_incident(tree: Tree, fired: Fired) -> list[int]:
    """ "killed in an attack by gunmen", "held in a police raid": who did what it happened in."""
    spots = tree.obliques(fired.trigger, "in", "during", "by") if not _has_own_subject(tree, fired) else []
    for k in (k for k in spots if tree.lemma(k) in INCIDENTS):
        if found := tree.obliques(k, "by") or _compound(tree, k) or tree.possessors(k):
            return found
    return []


def _has_own_subject(tree: Tree, fired: Fired) -> bool:
    """Whether the verb is active with someone doing it."""
    return fired.form == "verb" and fired.frame.shape != "suffered" and not tree.is_passive(fired.trigger)


def _at_hands(tree: Tree, i: int) -> list[int]:
    """ "died at the hands of guards"."""
    return [o for k in tree.obliques(i, "at") if tree.lemma(k) in HANDS for o in tree.obliques(k, "of")]


def _compound(tree: Tree, noun: int) -> list[int]:
    """ "police killings", "a mob attack", "military detention": an official, a body or people before the noun."""
    words = people_words()
    kids = [k for k in tree.kids(noun, "compound", "amod") if k == noun - 1 or tree.dep(k).startswith("compound")]
    kids = [k for k in kids if tree.pos(k) in {"NOUN", "PROPN"} or tree.lower(k) in {"military", "paramilitary"}]
    return [k for k in kids if tree.lemma(k) in (words.official | words.outlaws) - NEUTRAL]


def _joined(tree: Tree, fired: Fired) -> list[int]:
    """ "three were killed by police and two taken away", "was shut by police while its editor was arrested": the
    passive that it is joined to has one doer with it."""
    v = fired.trigger
    if fired.frame.type not in OFFICIAL or not tree.is_passive(v) or tree.head(v) == v:
        return []
    if tree.dep(v).startswith("advcl") and not any(tree.lower(k) in {"while", "as"} for k in tree.kids(v, "mark")):
        return []
    head = tree.head(v)
    if not tree.dep(v).startswith(("conj", "advcl", "parataxis")) or not tree.is_verb(head):
        return []
    official = people_words().official
    return [o for o in tree.obliques(head, "by") if o < v and tree.is_passive(head) and tree.lemma(o) in official]


def _sent(tree: Tree, fired: Fired) -> list[int]:
    """ "deployed the bureau to detain critics", "a video shows him assaulting a patient": the object does it."""
    v = fired.trigger
    if fired.form != "verb" or tree.is_passive(v) or not tree.dep(v).startswith(("advcl", "xcomp", "ccomp")):
        return []
    head = tree.head(v)
    shown = tree.lemma(head) in {"show", "see", "film", "catch", "depict"} and tree.token(v).tag == "VBG"
    if not shown and tree.lemma(head) not in SENT:
        return []
    return [o for o in tree.kids(head, "obj", "iobj") if o < v]


def _blamed(tree: Tree, fired: Fired) -> list[int]:
    """ "convicted of the murder of two men", "those involved in the assault": the one whom the deed is laid upon."""
    n = fired.trigger
    if fired.form != "noun" or fired.frame.type not in VIOLENT or tree.case(n) not in GUILTY:
        return []
    verb = tree.head(n)
    if not tree.is_verb(verb) or tree.lemma(verb) not in BLAMED:
        return []
    return tree.subjects(verb) if tree.is_passive(verb) or not tree.kids(verb, "obj") else tree.objects(verb)


def _protesters(tree: Tree, fired: Fired) -> list[int]:
    """ "protests were held, with residents demanding water", "dispersed a picket by workers", "police pushed back the
    protesters during a rally": who the sentence says protests."""
    n = fired.trigger
    verb = tree.verb_above(n)
    if fired.form == "noun" and verb != n and not tree.is_passive(verb):
        by = [k for k in tree.obliques(verb, "by") if k > n and tree.dep(n).startswith("obj")]
        if by:
            return by
    demanding = [
        s
        for v in tree
        if tree.is_verb(v) and any(tree.lower(k) == "with" for k in tree.kids(v, "mark"))
        for s in [*tree.kids(v, "nsubj"), *(k for k in tree.kids(v, "obl", "obj") if k < v and not tree.case(k))]
        if _people(tree, s)
    ]
    if demanding and demanding[0] > n:
        return demanding[:1]
    marching = [i for i in tree if tree.lemma(i) in MARCHING and tree.token(i).tag in {"NNS", "NNPS"}]
    if marching:
        return [min(marching, key=lambda i: abs(i - n))]
    return []


def _people(tree: Tree, i: int) -> bool:
    """Described people in the plural who are no officials."""
    words = people_words()
    lemma = tree.lemma(i)
    return words.is_human(lemma) and lemma not in words.official
