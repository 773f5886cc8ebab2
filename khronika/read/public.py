"""What calls, protests and dispersals ask for besides their roles: who can call, march, or be dispersed."""

from __future__ import annotations

from dataclasses import replace

from khronika.facts.claims import Status
from khronika.read.draft import Draft
from khronika.read.fire import Fired
from khronika.read.fitting import is_body
from khronika.read.syntax import Tree
from khronika.read.who import Who
from khronika.read.words import people_words

UNMOVED = frozenset({"demonstrate", "rally", "gather", "assemble"})
"""Verbs of gathering that have another meaning with an object: "demonstrated its strength", "rallied support"."""
WINNING = frozenset({"beat", "defeat", "win", "tie", "overcome", "edge", "stun", "draw", "upset", "close", "finish"})
"""What sides and shares rally to do."""
ASKING = frozenset({"ask", "request", "press", "lobby", "pressure", "want"})
"""Verbs that only call on someone where they have an object and an infinitive: "asked the court to free him"."""
RIGHTED = frozenset(
    {
        "investigate",
        "probe",
        "punish",
        "release",
        "free",
        "hold",
        "bring",
        "prosecute",
        "drop",
        "lift",
        "repeal",
        "respect",
        "protect",
        "stop",
        "end",
        "halt",
        "quash",
        "overturn",
        "abolish",
        "restore",
        "guarantee",
        "arrest",
        "apprehend",
        "withdraw",
        "allow",
        "try",
    }
)
"""Verbs by whose passive something is asked of those in power: "the killing must be investigated"."""
SELVES = frozenset({"i", "we", "you", "it", "he", "she", "one"})
US = frozenset({"we", "i", "our"})
"""Words by which a spokesman calls in the name of a body."""
GATHERINGS = frozenset(
    {
        "protest",
        "rally",
        "march",
        "demonstration",
        "picket",
        "sit",
        "vigil",
        "gathering",
        "crowd",
        "procession",
        "assembly",
        "meeting",
        "camp",
        "encampment",
        "concert",
        "play",
        "event",
    }
)
STOPPING = frozenset(
    {
        "ban",
        "prohibit",
        "outlaw",
        "forbid",
        "disallow",
        "bar",
        "cancel",
        "block",
        "stop",
        "halt",
        "thwart",
        "foil",
        "suppress",
        "disrupt",
        "interrupt",
    }
)
"""Verbs with many objects, of which only a gathering makes a dispersal."""


def public(tree: Tree, f: Fired, draft: Draft) -> bool:
    """Whether a call, protest or dispersal holds; the draft keeps only those who can call, march or be dispersed."""
    if draft.type == "call":
        return _call(tree, f, draft)
    if draft.type == "dispersal":
        draft.targets = [w for w in draft.targets if _gathered(tree, w) and not is_official(tree, w)]
        return f.form != "verb" or tree.lemma(f.trigger) not in STOPPING or _stops_it(tree, f)
    draft.actors = [w for w in draft.actors if not is_official(tree, w) or _may_march(tree, w)]
    if f.form != "verb":  # who resigns or starves "in protest" marches nowhere
        return not (tree.lower(f.trigger) == "protest" and tree.case(f.trigger) == "in")
    lemma, passive = tree.lemma(f.trigger), tree.is_passive(f.trigger)
    shown = [k for k in tree.kids(f.trigger, "obj", "ccomp") if not _before_what(tree, k)]
    if lemma in UNMOVED and (shown or (passive and not f.slots)):
        return False
    if lemma == "march" and passive:  # "the hostages were marched into the forest"
        return False
    if lemma == "rally" and any(tree.lemma(k) in WINNING for k in tree.kids(f.trigger, "xcomp", "advcl")):
        return False
    return bool(draft.actors) or f.frame.shape != "acts" or passive


def _call(tree: Tree, f: Fired, draft: Draft) -> bool:
    if f.frame.shape == "obliges":
        draft.targets = [w for w in draft.targets if is_official(tree, w) or (w.kind == "body" and w.names)]
        if not (draft.targets or _wrong(tree, f.trigger)) or not draft.speaker or not draft.speaker[:1].isupper():
            return False
        draft.actors, draft.status = [Who(f.trigger, (draft.speaker,), draft.speaker, kind="body")], Status.HAPPENED
        return True
    if not _asks(tree, f, draft):
        return False
    draft.actors = [_told(draft, w) for w in draft.actors]
    draft.actors = [w for w in draft.actors if _has_voice(tree, w) and "court" not in w.text.lower()]
    return bool(draft.actors)


def _wrong(tree: Tree, modal: int) -> bool:
    """ "Those responsible must be punished", "the killings must stop": asked of whoever is in power."""
    verb = tree.head(modal)
    asked = (tree.is_passive(verb) and tree.lemma(verb) in RIGHTED) or tree.lemma(verb) in {"stop", "end", "cease"}
    return asked and all(tree.pos(s) in {"NOUN", "PRON"} and tree.lower(s) not in SELVES for s in tree.subjects(verb))


def _before_what(tree: Tree, noun: int) -> bool:
    """ "demonstrated outside the factory gates": a place, which the tree may take for what was demonstrated."""
    near = [*tree.kids(noun, "case", "amod", "advmod")]
    return any(tree.lower(k) in {"outside", "inside", "near", "opposite"} for k in near)


def _stops_it(tree: Tree, f: Fired) -> bool:
    """Whether the gathering itself is what was stopped: "stopped the march", not "stopped reporting on the march"."""
    return not f.slots or any(
        tree.head(s) == f.trigger or (tree.dep(s).startswith("conj") and tree.head(tree.head(s)) == f.trigger)
        for s in f.slots
    )


def is_someone(who: Who) -> bool:
    """Somebody named, or described people or bodies."""
    return bool(who.names) or who.kind in {"people", "person", "body"}


def _asks(tree: Tree, f: Fired, draft: Draft) -> bool:
    """Whether a verb of asking asks someone of power to do something ("asked how" does not)."""
    if f.form != "verb" or tree.lemma(f.trigger) not in ASKING or (f.slots and tree.lower(f.slots[0]) == "for"):
        return True
    infinitive = [k for k in tree.kids(f.trigger, "xcomp", "advcl", "ccomp") if tree.kids(k, "mark")]
    return bool(infinitive) and any(w.names or w.kind == "body" or is_official(tree, w) for w in draft.targets)


def _told(draft: Draft, who: Who) -> Who:
    """ "We call on the government", said by a spokesman: his body's call, as far as the story names one."""
    if who.text.lower() in US and not who.names and draft.speaker:
        return replace(who, names=(draft.speaker,), kind="body")
    return who


def _gathered(tree: Tree, who: Who) -> bool:
    """What can be dispersed: people, or their gathering, no water cannon."""
    people = who.names or who.kind in {"people", "person", "body"}
    return bool(people) or (tree.first <= who.head < tree.last and tree.lemma(who.head) in GATHERINGS)


CIVIL = frozenset(
    {
        "doctor",
        "staff",
        "guard",
        "official",
        "employee",
        "worker",
        "servant",
        "student",
        "teacher",
        "personnel",
        "agent",
        "lawyer",
    }
)
"""Of the official words, those whose bearers go on strike and march like others: "prison guards", "state workers"."""


def _may_march(tree: Tree, who: Who) -> bool:
    return tree.first <= who.head < tree.last and tree.lemma(who.head) in CIVIL


def _has_voice(tree: Tree, who: Who) -> bool:
    """A named person or body, or a described one that can make a statement: "the union", "UN experts"."""
    if who.names or who.kind == "body" or is_body(tree, who):
        return True
    if not tree.first <= who.head < tree.last:
        return False
    first, last = tree.phrase(who.head)
    return any(tree.pos(i) == "PROPN" for i in range(first, last))


def is_official(tree: Tree, who: Who) -> bool:
    """Police, court, authorities: by the phrase's words or its head's lemma."""
    official = people_words().official
    head = tree.lemma(who.head) if tree.first <= who.head < tree.last else ""
    if who.kind == "body" and any(n.label == "LOC" and n.first <= who.head < n.last for n in tree.sentence.names):
        return True  # a land or capital stands for its government: "Turkey detained …"
    return head in official or any(w in official for w in who.text.lower().replace("’", "'").split())
