"""What single kinds ask for besides their roles: a call a named voice, a figure a number, violence its doer."""

from __future__ import annotations

from dataclasses import replace

from khronika.facts.claims import Count, Figure, Status
from khronika.read.counts import count_of
from khronika.read.draft import Draft
from khronika.read.fire import Fired
from khronika.read.fitting import is_body
from khronika.read.ground import ground_of
from khronika.read.syntax import Tree
from khronika.read.who import Who
from khronika.read.words import people_words, voice_words
from khronika.text.durations import find_durations


def complete(tree: Tree, f: Fired, draft: Draft) -> Draft | None:
    """What single kinds ask for besides: a call needs a named voice, a figure a number, a listing its list."""
    frame = f.frame
    if frame.type == "call":
        if not _asks(tree, f):
            return None
        draft.actors = [_told(draft, w) for w in draft.actors]
        draft.actors = [w for w in draft.actors if _has_voice(tree, w) and "court" not in w.text.lower()]
        if not draft.actors:
            return None
    if frame.type == "dispersal":
        draft.targets = [w for w in draft.targets if _gathered(tree, w)]
    if frame.type == "protest":
        draft.actors = [w for w in draft.actors if not _is_official(tree, w) or _may_march(tree, w)]
        if f.form == "verb" and tree.lemma(f.trigger) in UNMOVED and tree.kids(f.trigger, "obj", "ccomp"):
            return None
        if f.form == "verb" and frame.shape == "acts" and not draft.actors and not tree.is_passive(f.trigger):
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
    if frame.type == "death" and any(w.text.lower().endswith(("self", "selves")) for w in draft.targets):
        return None
    if frame.id == "headline-term" and tree.dep(f.trigger) != "root":
        return None
    if frame.id == "flee" and tree.lemma(f.trigger) == "flee" and not _goes(tree, f):
        return None
    if frame.type == "organization_ban" and tree.dep(f.trigger).startswith("amod"):
        return None
    if f.form == "noun" and frame.happens and not draft.actors and not _happens(tree, f):
        return None
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
    ground = ground_of(tree, f)
    if ground is not None:
        draft.charge, draft.charge_tokens = ground[0], (ground[1], ground[2])
    return draft


def _mishap(tree: Tree, f: Fired) -> bool:
    """Whether a disaster, accident or illness did it: "killed in a crash", "the storm killed six"."""
    spots = {f.trigger, *f.slots, tree.verb_above(f.trigger)}
    near = [k for s in spots for k in tree.kids(s, "nsubj", "obl", "nmod", "compound", "advcl")]
    near += [k for n in near for k in tree.kids(n, "compound", "nmod", "conj")]
    return any(tree.lemma(k) in people_words().mishaps for k in near)


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


UNMOVED = frozenset({"demonstrate", "rally", "gather", "assemble"})
"""Verbs of gathering that have another meaning with an object: "demonstrated its strength", "rallied support"."""
ASKING = frozenset({"ask", "request", "press", "lobby", "pressure"})
"""Verbs that only call on someone where they have an object and an infinitive: "asked the court to free him"."""
NOBODY = ("no one", "nobody", "none", "no-one", "anyone")
US = frozenset({"we", "i", "our"})
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


def _asks(tree: Tree, f: Fired) -> bool:
    """Whether a verb of asking asks someone to do something ("asked how", "asked about it" calls for nothing)."""
    if f.form != "verb" or tree.lemma(f.trigger) not in ASKING or (f.slots and tree.lower(f.slots[0]) == "for"):
        return True
    infinitive = [k for k in tree.kids(f.trigger, "xcomp", "advcl", "ccomp") if tree.kids(k, "mark")]
    return bool(infinitive) and bool(tree.kids(f.trigger, "obj", "iobj"))


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


def _happens(tree: Tree, f: Fired) -> bool:
    """Codebook rule 15: a rally that only is where someone was going is no claim; one that was held or began is."""
    noun = f.trigger
    while tree.dep(noun).startswith("conj"):
        noun = tree.head(noun)
    if tree.dep(noun) == "root" or tree.case(noun) in {"during", "amid"}:
        return True
    grammatical = tree.dep(noun).split(":")[0] in {"nsubj", "obj", "obl"} and tree.case(noun) in {"", "to", "by"}
    return grammatical and tree.lemma(tree.head(noun)) in f.frame.happens


def _for_another(tree: Tree, draft: Draft) -> bool:
    """An appeal by a lawyer or prosecutor concerns whoever was judged, whom the story names elsewhere."""
    text = " ".join(tree.lower(i) for i in tree)
    return any(w in text for w in ("lawyer", "attorney", "prosecut", "defense team", "defence team"))


def _is_official(tree: Tree, who: Who) -> bool:
    """Police, court, authorities: by the phrase's words or its head's lemma."""
    official = people_words().official
    head = tree.lemma(who.head) if tree.first <= who.head < tree.last else ""
    if who.kind == "body" and any(n.label == "LOC" and n.first <= who.head < n.last for n in tree.sentence.names):
        return True  # a land or capital stands for its government: "Turkey detained …"
    return head in official or any(w in official for w in who.text.lower().replace("’", "'").split())


def _actor_fits(tree: Tree, wanted: str, draft: Draft) -> bool:
    """Violence by officials is ill-treatment, by others an attack: told by who does it, else by the scene.

    `wanted`: "official"; "private", where the word itself speaks of no official ("stabbed"); "outsider", where only
    the scene can tell ("was beaten").
    """
    words = people_words()
    official = any(_is_official(tree, w) for w in draft.actors)
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
        tree.lower(i) in words.custody or (tree.lower(i) in words.official and not _says(tree, i)) for i in tree
    )
    return scene if wanted == "official" else not scene


def _says(tree: Tree, i: int) -> bool:
    """Whether noun `i` is the one who tells: "police said he was beaten" makes no police of the beaters."""
    verb = tree.head(i)
    return tree.dep(i).startswith("nsubj") and tree.is_verb(verb) and tree.lemma(verb) in voice_words().says


def _figure(tree: Tree, f: Fired, draft: Draft) -> Draft | None:
    """ "312 political prisoners", "no political prisoners" = 0."""
    first, last = tree.phrase(f.trigger, ("acl", "parataxis", "punct", "case", "mark"))
    text = tree.text(first, last)
    none = any(tree.lower(k) == "no" for k in tree.kids(f.trigger, "det"))
    count = Count(0, 0) if none else count_of(text)
    if count is None:
        return None
    what = " ".join(t for t in text.split() if not t[0].isdigit() and t.lower() != "no")
    draft.figure, draft.targets = Figure(what, count.min, count.max, count.approx), []
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
