"""What single kinds ask for besides their roles: a call a named voice, a figure a number, violence its doer."""

from __future__ import annotations

import re

from khronika.facts.claims import Count, Figure, Status
from khronika.read.counts import count_of
from khronika.read.draft import Draft
from khronika.read.fire import Fired
from khronika.read.fitting import is_body
from khronika.read.ground import LIMIT, ground_of
from khronika.read.public import is_official, is_someone, public
from khronika.read.retold import in_series, measured
from khronika.read.syntax import Tree
from khronika.read.who import Who
from khronika.read.words import people_words, voice_words
from khronika.text.durations import find_durations


def complete(tree: Tree, f: Fired, draft: Draft) -> Draft | None:
    """What single kinds ask for besides: a call needs a named voice, a figure a number, a listing its list."""
    frame = f.frame
    if frame.type in {"call", "protest", "dispersal"} and not public(tree, f, draft):
        return None
    if frame.type == "sanction" and f.form == "verb" and not _sanctions(tree, f, draft):
        return None
    if (
        frame.type == "release"
        and f.form == "noun"
        and tree.case(f.trigger) == "for"
        and draft.status is Status.HAPPENED
    ):
        draft.status = Status.POSSIBLE
    if frame.type in {"death", "disappearance", "attack"} and _mishap(tree, f):
        return None
    if frame.type in THREATENED and _threatened(tree, f):
        return None
    if frame.type == "charge" and _no_charge(tree, f, draft):
        return None
    if frame.id == "put-on-trial" and tree.lemma(f.trigger) == "try" and tree.kids(f.trigger, "xcomp", "ccomp"):
        return None
    if frame.id == "attack-told" and draft.targets and all(_abstract(tree, w) for w in draft.targets):
        return None
    if frame.type == "release" and f.form == "verb" and _aimed_at(tree, f.trigger) and draft.status is Status.HAPPENED:
        draft.status = Status.PLANNED
    if frame.type == "death" and any(w.text.lower().endswith(("self", "selves")) for w in draft.targets):
        return None
    if frame.id == "headline-term" and tree.dep(f.trigger) != "root":
        return None
    if frame.type == "movement" and tree.lemma(f.trigger) == "flee" and not _goes(tree, f):
        return None
    if frame.type == "organization_ban" and tree.dep(f.trigger).startswith("amod"):
        return None
    if f.form == "noun" and frame.happens and not draft.actors and not _happens(tree, f):
        if frame.type != "attack" or draft.targets or not _definite(tree, f.trigger):
            return None
        draft.tentative = True  # "after the attack": that which the story told, if it did
    if frame.speaks and draft.speaker is None:
        draft.speaker = next((tree.text(*tree.phrase(s)) for s in tree.subjects(f.trigger)), None)
    if frame.type == "court_appeal" and _for_another(tree, draft):
        draft.targets, draft.tentative, draft.plural = [], True, True
    if frame.actor and not _actor_fits(tree, frame.actor, draft):
        return None
    if frame.self_target and frame.status == "denied" and draft.targets:
        draft.speaker, draft.actors = draft.targets[0].label, []
    if frame.type == "figure":
        return _figure(tree, f, draft)
    if frame.listing and f.slots:
        first = min(f.slots[0], f.slots[-1])
        draft.list = tree.text(first, max(f.slots) + 1)
    if frame.type in {"detention", "internment", "disappearance"}:
        draft.duration = _duration(tree, f)
    if frame.type == "declaration":
        draft.targets = [w for w in draft.targets if w.names or w.kind in {"people", "person"}]
        draft.charge = _declared(tree, f)
        return draft
    ground = ground_of(tree, f)
    if ground is not None:
        draft.charge, draft.charge_tokens = ground[0], (ground[1], ground[2])
    return draft


def _threatened(tree: Tree, f: Fired) -> bool:
    """ "threatened to kill them", "threatens to behead and burn": the content of a threat, which is the claim."""
    verb = f.trigger
    while tree.dep(verb).startswith("conj") and tree.is_verb(tree.head(verb)):
        verb = tree.head(verb)
    under = tree.dep(verb).split(":")[0] in {"xcomp", "ccomp", "advcl"}
    return f.form == "verb" and under and tree.lemma(tree.head(verb)) == "threaten"


def _definite(tree: Tree, noun: int) -> bool:
    """ "The attack", "this ambush"."""
    return any(tree.lower(k) in {"the", "this", "that"} for k in tree.kids(noun, "det"))


def _mishap(tree: Tree, f: Fired) -> bool:
    """Whether a disaster, accident or illness did it: "killed in a crash", "the storm killed six"."""
    spots = {f.trigger, *f.slots, tree.verb_above(f.trigger)}
    near = [k for s in spots for k in tree.kids(s, "nsubj", "obl", "nmod", "compound", "advcl")]
    near += [tree.antecedent(f.trigger)] if tree.dep(f.trigger).startswith("acl:relcl") else []
    near += [k for n in near for k in tree.kids(n, "compound", "nmod", "conj")]
    return any(tree.lemma(k) in people_words().mishaps for k in near)


def _no_charge(tree: Tree, f: Fired, draft: Draft) -> bool:
    """Whether who "charges" bills or alleges, or who "accuses" blames a power that nobody puts before a court."""
    if f.form == "noun" and tree.lower(f.trigger) == "prosecution" and not draft.targets:
        return True  # the side in court, or the office: "the prosecution had sought eight years"
    if f.form != "verb" or tree.lemma(f.trigger) not in {"charge", "accuse", "suspect"}:
        return False
    if tree.lemma(f.trigger) == "suspect" and tree.dep(f.trigger).startswith(("amod", "acl")):
        return True  # "suspected rebels", "gunmen suspected of belonging to": who did it, perhaps
    if tree.lemma(f.trigger) == "charge":
        return _bills(tree, f) or _alleges(tree, f.trigger)
    return all(_power(tree, w) for w in draft.targets)


def _alleges(tree: Tree, verb: int) -> bool:
    """ "The group charged that officials used a list": it alleges, nobody is put before a court."""
    return not tree.is_passive(verb) and bool(tree.kids(verb, "ccomp")) and not tree.obliques(verb, "with")


def _abstract(tree: Tree, who: Who) -> bool:
    """ "attacks on independent journalism": an idea, no people, body or building."""
    inside = tree.first <= who.head < tree.last
    return who.kind == "thing" and not who.names and inside and tree.lemma(who.head) not in people_words().premises


def _aimed_at(tree: Tree, verb: int) -> bool:
    """ "deployed a squad to rescue the pupils", "a mission to free the hostages": it is to come."""
    dep, head = tree.dep(verb).split(":")[0], tree.head(verb)
    achieved = tree.is_verb(head) and tree.lemma(head) in ACHIEVING
    if tree.token(verb).tag != "VB" or dep not in {"advcl", "acl"} or achieved:
        return False
    return any(tree.lower(k) == "to" for k in tree.kids(verb, "mark"))


def _bills(tree: Tree, f: Fired) -> bool:
    """ "charged guests $40 a night", "charges a fee of 2 percent": a price is asked, nobody is accused."""
    near = range(f.trigger + 1, min(f.trigger + PRICED, tree.last))
    money = any(tree.token(i).text in {"$", "€", "£", "¥", "₹", "%"} or tree.lemma(i) in PRICES for i in near)
    return tree.lemma(f.trigger) == "charge" and money and not tree.obliques(f.trigger, "with")


def _power(tree: Tree, who: Who) -> bool:
    """Police, army, state or land: whom others accuse of wrong, none of whom is charged by that."""
    return is_official(tree, who) and not (who.kind == "person" and who.names)


def _goes(tree: Tree, f: Fired) -> bool:
    """ "fled the country", "fled to Riga", "fled abroad"; running from the spot ("the men fled") is no flight."""
    if any(
        tree.lemma(k) in {"scene", "area", "spot", "vehicle", "car", "crash"}
        for k in tree.kids(f.trigger, "obj", "obl")
    ):
        return False
    if tree.kids(f.trigger, "obj") or any(tree.lower(k) in {"abroad", "overseas"} for k in tree.kids(f.trigger)):
        return True
    return bool(tree.obliques(f.trigger, "to", "into", "from", "across", "for", "via"))


def _sanctions(tree: Tree, f: Fired, draft: Draft) -> bool:
    """ "sanctioned two generals", "imposed restrictions on the regime": words with other meanings need someone hit."""
    if f.slots and not any(tree.lemma(s) in {"restriction", "measure", "ban"} for s in f.slots):
        return True
    return any(is_someone(w) for w in draft.targets)


def _declared(tree: Tree, f: Fired) -> str | None:
    """What a declaration says (codebook rule 22): its clause ("ruled that the arrest was unlawful"), else its word."""
    clauses = [k for k in tree.kids(f.trigger, "ccomp") if k > f.trigger]
    if clauses:
        words = [i for i in tree.subtree(clauses[0]) if tree.dep(i) != "mark" or tree.head(i) != clauses[0]]
        return _short(tree.text(min(words), max(words) + 1))
    if not f.slots:
        return None
    first, last = tree.phrase(f.slots[-1])
    return _short(tree.text(min(first, f.slots[0]), last))


def _short(text: str) -> str | None:
    text = text.strip(' ,.;:“”"')
    return text if 0 < len(text) <= LIMIT else None


THREATENED = frozenset({"attack", "death", "ill_treatment"})
"""Kinds of violence that is threatened: "threatened to kill the hostages" is a threat, no killing that could come."""
ACHIEVING = frozenset({"help", "manage", "decide", "act", "move", "vote", "intervene", "go", "open", "rule"})
"""Verbs after which an infinitive tells what was done."""
TELLING = frozenset({"during", "amid", "in", "after", "since", "following"})
"""Prepositions that tell of a gathering as something that took place: "died during the protests"."""
PRICED = 8
"""Words behind "charge" in which a price would be named."""
PRICES = frozenset({"fee", "percent", "dollar", "euro", "price", "premium", "tariff", "rent", "interest", "commission"})
ORDINAL = re.compile(r"(\d{1,3})(?:st|nd|rd|th)")
NOBODY = ("no one", "nobody", "none", "no-one", "anyone")
"""Words of those to whom nothing was done: "No one was injured"."""


def _happens(tree: Tree, f: Fired) -> bool:
    """Codebook rule 15: a rally that only is where someone was going is no claim; one that was held or began is."""
    if in_series(tree, f.trigger):
        return True
    noun = measured(tree, f.trigger)
    if tree.dep(noun) == "root" or tree.case(noun) in (TELLING if f.frame.type == "protest" else {"during", "amid"}):
        return True
    grammatical = tree.dep(noun).split(":")[0] in {"nsubj", "obj", "obl"} and tree.case(noun) in {"", "to", "by"}
    return grammatical and tree.lemma(tree.head(noun)) in f.frame.happens


def _for_another(tree: Tree, draft: Draft) -> bool:
    """An appeal by a lawyer or prosecutor concerns whoever was judged, whom the story names elsewhere."""
    text = " ".join(tree.lower(i) for i in tree)
    return any(w in text for w in ("lawyer", "attorney", "prosecut", "defense team", "defence team"))


def _actor_fits(tree: Tree, wanted: str, draft: Draft) -> bool:
    """Violence by officials is ill-treatment, by others an attack: told by who does it, else by the scene.

    `wanted`: "official"; "private", where the word itself speaks of no official ("stabbed"); "outsider", where only
    the scene can tell ("was beaten").
    """
    words = people_words()
    official = any(is_official(tree, w) for w in draft.actors)
    if wanted == "body":
        acting = any((w.kind == "body" and w.names) or is_body(tree, w) for w in draft.actors)
        return acting or official or (not draft.actors and tree.is_passive(draft.token))
    if wanted == "outsider" and any(w.names and w.kind == "body" for w in draft.actors):
        return False  # a club beats another
    if draft.targets and all(w.text.lower().startswith(NOBODY) for w in draft.targets):
        return False
    if wanted == "private" or (wanted == "outsider" and draft.actors):
        return not official
    if wanted == "lawful":
        return official or not draft.actors
    if draft.actors:
        return official
    scene = any(
        tree.lower(i) in words.custody
        or tree.lemma(i) in words.custody
        or (tree.lower(i) in words.official and not _says(tree, i))
        for i in tree
    )
    return scene if wanted == "official" else not scene


def _says(tree: Tree, i: int) -> bool:
    """Whether noun `i` is the one who tells: "police said he was beaten" makes no police of the beaters."""
    verb = tree.head(i)
    return tree.dep(i).startswith("nsubj") and tree.is_verb(verb) and tree.lemma(verb) in voice_words().says


def _figure(tree: Tree, f: Fired, draft: Draft) -> Draft | None:
    """ "312 political prisoners", "no political prisoners" = 0."""
    trigger = _counted(tree, f)
    first, last = tree.phrase(trigger, ("acl", "parataxis", "punct", "case", "mark"))
    text = tree.text(first, last)
    none = any(tree.lower(k) == "no" for k in tree.kids(trigger, "det"))
    count = Count(0, 0) if none else count_of(text)
    if tree.lemma(trigger) == "rank":
        return _ranked(tree, trigger, draft)
    if tree.lemma(trigger) == "number" and tree.pos(tree.head(trigger)) == "NUM":  # "the number of detainees is 300"
        count = count_of(tree.text(*tree.phrase(tree.head(trigger))))
    elif tree.lemma(trigger) == "number":
        grown = [k for k in tree.kids(tree.verb_above(trigger), "obl") if tree.case(k) in {"to", "at", "from"}]
        count = next((c for k in grown if tree.case(k) != "from" and (c := count_of(tree.text(*tree.phrase(k))))), None)
    if count is None:
        return None
    what = " ".join(t for t in text.split() if not t[0].isdigit() and t.lower() != "no")
    draft.figure, draft.targets = Figure(what, count.min, count.max, count.approx), []
    return draft


def _counted(tree: Tree, f: Fired) -> int:
    """The frame's word that the others hang on: in "250 cases of torture" the cases are counted. A headline's noun may
    be the sentence's main word, which hangs on itself."""
    noun = f.trigger
    while f.slots and noun != f.slots[0] and (above := tree.head(noun)) in f.slots and above != noun:
        noun = above
    return noun


def _ranked(tree: Tree, verb: int, draft: Draft) -> Draft | None:
    """ "ranks 153rd out of 180 countries in the press freedom index": the place is the figure."""
    places = [int(m[1]) for i in tree if i > verb and (m := ORDINAL.fullmatch(tree.lower(i)))]
    if not places:
        return None
    draft.figure, draft.targets = Figure("rank", places[0], places[0], False), []
    return draft


def subtype_of(tree: Tree, f: Fired, actors: list[Who]) -> str | None:
    """The subtype: the frame's, by its noun, or told by who did it ("police") and the words around ("on remand")."""
    frame, words = f.frame, people_words()
    if frame.subtypes:
        return frame.subtypes.get(tree.lower(f.trigger), frame.subtypes.get(tree.lemma(f.trigger), frame.subtype))
    if frame.type == "detention":
        sentence = " ".join(tree.lower(i) for i in tree)
        if any(
            w in sentence for w in ("pretrial", "pre-trial", "pre - trial", "on remand", "without bail", "without bond")
        ):
            return "pretrial"
        if any(any(p in w.text.lower().split() or p == w.text.lower() for p in words.police) for w in actors):
            return "police"
        return "unspecified"
    if frame.id == "die" and any(tree.lower(i) in words.custody for i in tree):
        return "in_custody"
    return frame.subtype


def _duration(tree: Tree, f: Fired) -> str | None:
    """ "held for two years", "after 17 days in detention": a span of time beside the trigger, no term of a court."""
    base = tree.sentence.start
    text = tree.parse.text[base : tree.sentence.end]
    at = tree.token(f.trigger).start - base
    for span in find_durations(text):
        before = text[: span.start].lower().split()[-4:]
        if (
            abs(span.start - at) <= 60
            and any(w in before for w in ("for", "after", "than", "spent"))
            and "-old" not in text[span.end : span.end + 5]
        ):
            return span.iso
    return None
