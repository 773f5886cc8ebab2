"""Who did it to whom: the fired word's subject, object, agent and prepositions, by the frame's shape."""

from __future__ import annotations

from dataclasses import dataclass

from khronika.read.fire import Fired
from khronika.read.syntax import Tree
from khronika.read.words import people_words

RECEIVING = frozenset(
    {"face", "suffer", "undergo", "receive", "await", "fear", "endure", "risk", "experience", "survive", "report"}
)
"""Verbs whose subject is who the noun happens to: "reporters faced arrest"."""
DOING = frozenset(
    {
        "make",
        "carry",
        "order",
        "conduct",
        "launch",
        "announce",
        "use",
        "stage",
        "commit",
        "perform",
        "hold",
        "begin",
        "start",
    }
)
"""Verbs whose subject does what the noun says: "police made twenty arrests"."""
GATHERING = frozenset(
    {"organize", "organise", "lead", "join", "attend", "call", "plan", "schedule", "declare", "continue", "end"}
)
"""Verbs whose subject takes part in the gathering that is their object; "drew protests" is none."""
WITH = frozenset({"with", "together", "together with", "along", "along with", "alongside", "as well as"})
"""Prepositions of those whom the same thing befalls."""
DAYS = frozenset(
    {
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march"),
        *("april", "may", "june", "july", "august", "september", "october", "november", "december"),
    }
)
TOWARD = ("to", "against", "on", "into", "for", "of", "at", "upon", "toward", "towards", "from", "in")


@dataclass(frozen=True, slots=True)
class Roles:
    """Heads of the role fillers, as token numbers."""

    targets: tuple[int, ...] = ()
    actors: tuple[int, ...] = ()
    beside: tuple[int, ...] = ()
    """Whom it befell too, if it is a person: "together with his brother", "including the editor X"."""


def cast_roles(tree: Tree, fired: Fired) -> Roles:
    """The fillers of a fired frame. Empty where the sentence names none."""
    if fired.form == "adjective":
        return _of_adjective(tree, fired)
    if fired.form == "noun":
        return _of_noun(tree, fired)
    if fired.form == "headline":
        return _of_headline(tree, fired.trigger)
    return _of_verb(tree, fired)


def _of_adjective(tree: Tree, fired: Fired) -> Roles:
    """ "the jailed activist", "the activist is missing"."""
    i = fired.trigger
    if fired.frame.shape == "none":
        return Roles()
    if tree.dep(i).startswith("amod"):
        return Roles((tree.head(i),))
    if tree.dep(i).startswith("conj") and tree.dep(tree.head(i)).startswith("amod"):
        return Roles((tree.head(tree.head(i)),))
    beside = [i - 1] if i > tree.first and tree.pos(i - 1) in {"NOUN", "PROPN"} else []
    return Roles(tuple(tree.subjects(i) or beside))


def _of_headline(tree: Tree, i: int) -> Roles:
    """ "Delhi police arrest five students": the noun before, and the last noun of the run behind."""
    last = i
    for j in range(i + 1, tree.last):
        if tree.pos(j) not in {"NUM", "DET", "ADJ", "NOUN", "PROPN"}:
            break
        last = j if tree.pos(j) in {"NOUN", "PROPN"} else last
    return Roles((last,) if last > i else (), (i - 1,))


def _of_verb(tree: Tree, fired: Fired) -> Roles:
    v, shape = fired.trigger, fired.frame.shape
    if tree.lemma(v) == "be" and tree.dep(v).startswith(("cop", "aux")):
        subjects = tuple(tree.subjects(tree.head(v)))
        return Roles((), subjects) if shape == "acts" and not fired.frame.self_target else Roles(subjects)
    passive = tree.is_passive(v) or _bare_headline(tree, fired)
    if shape == "none":
        return Roles()
    if shape == "obliges":
        return Roles(tuple(tree.subjects(tree.head(v))))
    alone = bool(fired.frame.hunch) and not passive and not tree.kids(v, "obj")  # a hunch knows no verb's grammar
    if shape == "suffered" or shape == "state" or (shape == "done_to" and alone):
        subjects = tuple(tree.subjects(v))
        return Roles(subjects, tuple(_courts(tree, v)), _beside(tree, v, subjects))
    if shape == "acts":
        return _of_acting_verb(tree, fired, passive)
    if tree.dep(v).startswith("amod"):
        return Roles((tree.head(v),))
    actors = tuple(_agents(tree, v) if passive else tree.subjects(v))
    targets = _done_to(tree, fired, passive)
    return Roles(targets, actors, _beside(tree, v, targets))


def _agents(tree: Tree, v: int) -> list[int]:
    """By whom: the passive's own "by", else that of the passive it is joined to ("killed by police and buried" has one
    doer, "was shot dead by soldiers" too)."""
    own = tree.obliques(v, "by")
    if own or tree.kids(v, "nsubj"):
        return own
    joined = [k for k in tree.kids(v, "conj") if tree.is_passive(k) and not tree.kids(k, "nsubj")]
    return [o for k in joined for o in tree.obliques(k, "by")]


def _beside(tree: Tree, v: int, targets: tuple[int, ...]) -> tuple[int, ...]:
    """Whom it befell too: "together with his brother, X was held", "held along with Y", "dozens, including Z"."""
    spots = [v, *targets, *(k for k in tree.kids(v, "advmod") if tree.lower(k) in {"together", "along"})]
    found = [k for s in spots for k in tree.kids(s, "obl", "nmod") if tree.case(k) in WITH or _included(tree, k)]
    if not tree.is_passive(v) and targets:
        found = [k for k in found if k > v]
    return tuple(dict.fromkeys(k for k in found if k not in targets))


def _included(tree: Tree, noun: int) -> bool:
    """ "including the editor X", "among them X", "such as X", "namely X"."""
    return tree.case(noun) in {"including", "such as", "namely", "notably"}


def _bare_headline(tree: Tree, fired: Fired) -> bool:
    """A headline's passive without its auxiliary, read as active: "Journalist attacked in the capital"."""
    v = fired.trigger
    if fired.frame.shape != "done_to" or fired.slots or tree.head(v) != v or tree.token(v).tag not in {"VBD", "VBN"}:
        return False
    if tree.token(tree.last - 1).text in {".", "!", "”", '"'} or tree.kids(v, "obj", "iobj", "aux", "conj"):
        return False
    return all(not tree.kids(s, "det") and tree.pos(s) != "PRON" for s in tree.kids(v, "nsubj"))


def _courts(tree: Tree, v: int) -> list[int]:
    return [
        k
        for k in tree.kids(v, "obl")
        if tree.lemma(k) in {"court", "tribunal", "judge"} and tree.case(k) in {"in", "before", "at"}
    ]


def _of_acting_verb(tree: Tree, fired: Fired, passive: bool) -> Roles:
    """ "They rallied", "relatives picketed the embassy", "protests were held by students"."""
    v, frame = fired.trigger, fired.frame
    actors = tree.obliques(v, "by") if passive else tree.subjects(v)
    actors = [a for a in actors if a not in fired.slots]
    spots = [v, *fired.slots]
    targets: list[int] = []
    if "obj" in frame.targets_by:
        targets += [o for o in [*tree.kids(v, "iobj"), *tree.objects(v)] if o not in fired.slots]
    targets += [
        o for s in spots for o in tree.obliques(s, *(c for c in frame.targets_by if c != "obj")) if o not in fired.slots
    ]
    if frame.self_target:
        targets = list(actors)
    return Roles(tuple(dict.fromkeys(targets)), tuple(actors))


def _done_to(tree: Tree, fired: Fired, passive: bool) -> tuple[int, ...]:
    """The target of a verb that is done to someone.

    Plain: its object or passive subject. Where the pattern's own word is the object ("reduced his sentence", "opened a
    case against her", "handed a term to him", "denied him treatment"): the other object, or whoever that word is of.
    """
    v = fired.trigger
    slots = set(fired.slots)
    slots |= {
        tree.head(s) for s in slots if tree.dep(s).startswith(("compound", "amod", "nummod")) and tree.head(s) != v
    }
    subject = tree.subjects(v) if passive else []
    plain = [k for k in (subject if passive else [*tree.kids(v, "iobj"), *tree.objects(v)]) if k not in slots]
    plain = [k for k in plain if not any(_before(tree, k, o) for o in plain)]
    if not fired.frame.thing and plain:
        return tuple(plain)
    owned: list[int] = []
    for s in sorted(slots):
        if tree.is_verb(s):
            owned += tree.subjects(s) or tree.objects(s)
        owned += tree.possessors(s) + [
            o for o in tree.obliques(s, "against", "of", "for", "on", *fired.frame.targets_by) if o not in slots
        ]
    if owned:
        return tuple(owned)
    toward = [o for o in tree.obliques(v, *TOWARD[:5], *fired.frame.targets_by) if o not in slots]
    if fired.frame.targets_by:
        toward = [o for o in tree.obliques(v, *fired.frame.targets_by) if o not in slots] or toward
    return tuple(toward if slots else ()) or tuple(k for k in plain if k not in slots)


def _before(tree: Tree, name: int, noun: int) -> bool:
    """Whether two objects side by side are one phrase of which the name is only a part: "charges Karimov critic"."""
    one = max(tree.subtree(name)) + 1 == noun and tree.pos(name) == "PROPN" and not tree.kids(noun, "det", "nmod:poss")
    return one and tree.token(noun).tag == "NN" and people_words().is_human(tree.lemma(noun))


def _of_noun(tree: Tree, fired: Fired) -> Roles:
    """ "the arrest of two men by police", "his release", "faced arrest", "a protest by students"."""
    n, frame = fired.trigger, fired.frame
    by = () if frame.shape == "acts" else ("on", *frame.targets_by)
    owners = [o for o in [*tree.possessors(n), *tree.obliques(n, "of", "against", *by)] if not is_day(tree, o)]
    if not owners:  # "the arrest on Friday of two men": the day stands between
        owners = [o for day in tree.obliques(n, "on", "in") for o in tree.obliques(day, "of") if is_day(tree, day)]
    agents = tree.obliques(n, "by")
    whose, of = tree.possessors(n), tree.obliques(n, "of")
    if frame.shape in {"noun_of", "done_to"} and whose and of:  # "Ruritania's arrest of two reporters"
        owners, agents = of, [*agents, *whose]
    if toward := tree.obliques(n, "on", "against"):
        owners, agents = toward, [*agents, *tree.possessors(n)]
    verb = tree.verb_above(n)
    if frame.shape == "state":
        subjects = tree.kids(n, "nsubj") or (tree.subjects(verb) if verb != n else [])
        subjects = subjects or next((s for a in tree.ancestors(n) if (s := tree.kids(a, "nsubj"))), [])
        if not subjects and tree.dep(n).startswith("nmod"):
            subjects = [tree.head(n)]
        return Roles(tuple(tree.antecedent(s) for s in subjects))
    if frame.shape == "acts":
        targets = tree.obliques(n, *(c for c in frame.targets_by if c != "obj")) if frame.targets_by else []
        doing = tree.lemma(verb) in DOING | GATHERING
        if doing and not agents and not tree.possessors(n) and _object_of(tree, n, verb):
            agents = tree.subjects(verb) if not tree.is_passive(verb) else tree.obliques(verb, "by")
        if frame.self_target:
            targets = tree.possessors(n)
        return Roles(tuple(targets), (*tree.possessors(n), *agents))
    if not owners and _object_of(tree, n, verb):
        if tree.lemma(verb) in RECEIVING:
            owners = tree.subjects(verb)
        elif tree.lemma(verb) in DOING and not tree.is_passive(verb):
            agents = agents or tree.subjects(verb)
    if frame.shape == "suffered" and not owners:
        owners = list(tree.kids(n, "nsubj"))
    return Roles(tuple(owners), tuple(agents), _beside(tree, n, tuple(owners)) if owners else ())


def is_day(tree: Tree, i: int) -> bool:
    """A day, month or year: "Monday", "June 3", "2019"."""
    return tree.lemma(i) in DAYS or (tree.pos(i) == "NUM" and tree.token(i).text.isdigit())


def _object_of(tree: Tree, noun: int, verb: int) -> bool:
    """Whether `noun`, or a noun that it is joined to, is the object of `verb`."""
    while tree.dep(noun).startswith("conj"):
        noun = tree.head(noun)
    return verb != noun and tree.head(noun) == verb and tree.dep(noun).split(":")[0] in {"obj", "obl", "nsubj"}
