"""Who says it, and how: outlet's own voice or a speaker; happened, denied, demanded, planned, possible; hedged.

One climb from the claim's word to the sentence's root collects all of it, clause by clause.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from khronika.facts.claims import Status
from khronika.read.attribution import beside, reporter
from khronika.read.granted import granted, shared
from khronika.read.syntax import RELATIVE, Tree
from khronika.read.words import VoiceWords, voice_words

PERSONAL = frozenset({"who", "whom", "whose"})
ASKED = frozenset({"why", "how", "when", "where", "who", "what"})
"""Words that open a question about what took place: "asked why he was arrested" asks for no arrest."""


@dataclass(slots=True)
class Voice:
    """What the climb found: who says it, the status, hedge and plain negation.

    `sources`: the nouns of who is named as saying it, the nearest to the event first; none: the outlet itself.

    `averted`: what it hangs on says that it did not come about ("failed to", "escaped"); `refused`: by refusing.

    `aside`: beyond a clause set off by commas; `settled`: beyond what is reported ("asked them to leave, saying he was
    in prison" asks for no prison) or beyond what is presupposed: a relative clause, what comes after "after",
    "against", "over": "demanded freedom for a poet who was jailed" demands the release, not the jailing.
    """

    trigger: int
    sources: list[int] = field(default_factory=list)
    status: Status = Status.HAPPENED
    hedged: bool = False
    negated: bool = False
    averted: bool = False
    refused: bool = False
    aside: bool = False
    would: bool = False
    settled: bool = False

    def hear(self, source: int | None) -> None:
        """Take note of a source, unless the outlet's own clause lies between."""
        if source is not None and not self.aside and source not in self.sources:
            self.sources.append(source)


class Heard(NamedTuple):
    """The voice once the climb had passed token `at`, for a trace."""

    at: int
    status: Status
    speaker: int | None
    hedged: bool
    negated: bool


def _heard(at: int, voice: Voice) -> Heard:
    return Heard(at, voice.status, next(iter(voice.sources), None), voice.hedged, voice.negated)


def listen(tree: Tree, trigger: int, climb: list[Heard] | None = None) -> Voice:
    """The voice in which the word `trigger` is said.

    "X denied that he was beaten" → denied by X; "Y demanded his release" → demanded by Y; "he could face" → possible;
    "police said, according to Z"; a clause set off by commas ("who was jailed in May,") is the outlet's own again.
    `climb`, for a trace, takes the voice after each word of the climb.
    """
    voice, words = Voice(trigger), voice_words()
    _own_clause(tree, trigger, voice, words)
    voice.hear(beside(tree, trigger, None))
    if climb is not None:
        climb.append(_heard(trigger, voice))
    child, stray = trigger, False  # stray: a clause with "that" whose verb of saying the tree has lost
    for head in tree.ancestors(trigger):
        if _set_off(tree, child):
            voice.aside = True
        voice.settled = voice.settled or _presupposed(tree, child, words) or granted(tree, child, head)
        status, averted, settled = voice.status, voice.averted, voice.settled
        _climb(tree, child, head, voice, words)
        if settled:
            voice.status, voice.averted = status, averted
        relative = tree.dep(child).startswith("acl") and tree.lemma(head) not in words.reports
        voice.settled = voice.settled or relative
        voice.hear(beside(tree, head, child))
        if stray and tree.lemma(head) in words.says:
            voice.hear(reporter(tree, head))
        stray = stray or ("that" in _marks(tree, child) and tree.dep(child) in {"ccomp", "xcomp", "advcl"})
        if climb is not None:
            climb.append(_heard(head, voice))
        child = head
    if voice.status in {Status.HAPPENED, Status.POSSIBLE} and _untrue(tree, trigger, words):
        voice.status, voice.hedged = Status.DENIED, False
    if climb is not None:
        climb.append(_heard(trigger, voice))
    return voice


def _presupposed(tree: Tree, child: int, words: VoiceWords) -> bool:
    """ "plans to protest against his arrest", "asked for help after he was beaten": neither planned nor asked for."""
    dep = tree.dep(child).split(":")[0]
    if dep in {"obl", "nmod"}:
        return tree.case(child) in words.presupposing
    return dep == "advcl" and bool(_marks(tree, child) & words.presupposing)


def _own_clause(tree: Tree, v: int, voice: Voice, words: VoiceWords) -> None:
    """Auxiliaries, negation, adverbs of the trigger's own verb: "was not", "will be", "may have been".

    A bare imperative ("Then free him.") tells of nothing.
    """
    verb = tree.verb_above(v)
    if tree.token(v).tag in {"VB", "NNP"} and tree.is_verb(v) and not tree.kids(v, "nsubj", "aux", "mark"):
        if tree.head(v) == v:
            voice.negated = voice.negated or tree.token(v).tag == "VB"
        elif tree.dep(v) in {"ccomp", "parataxis"} and tree.lemma(tree.head(v)) in words.says:
            voice.status = Status.DEMANDED  # "“Release my husband,” she told reporters"
    spots = {v, verb} if _near(tree, v, verb) and not granted(tree, v, verb) else {v}
    for spot in spots:
        for k in (*tree.kids(spot), *shared(tree, spot)):
            lower, lemma, dep = tree.lower(k), tree.lemma(k), tree.dep(k)
            if lower in words.negations and (
                dep.startswith(("advmod", "det", "cc")) or lower in {"not", "n't", "n’t", "never"}
            ):
                voice.negated = True
            elif dep.startswith("aux"):
                if lower in words.obliging and not _has_been(tree, spot):
                    voice.status = Status.DEMANDED
                elif lower in words.future:
                    voice.status = Status.PLANNED
                elif lower == "would":
                    voice.would, voice.status = True, Status.POSSIBLE
                elif lower in words.possible:
                    voice.status = Status.POSSIBLE
            elif dep.startswith(("advmod", "amod")) and (lower in words.hedges or lemma in words.hedges):
                voice.hedged = True
    for noun in tree.kids(v, "nsubj", "obj"):
        voice.negated = voice.negated or tree.lower(noun) in {"nobody", "none", "nothing"}
        voice.negated = voice.negated or any(tree.lower(k) in {"no", "neither"} for k in tree.kids(noun, "det"))
    voice.status = _weaker(voice.status, _announced(tree, v, words) or Status.HAPPENED)
    marks = _marks(tree, verb)
    voice.negated = voice.negated or "without" in _marks(tree, v) or tree.case(v) == "without"
    if tree.case(v) in words.ahead or (tree.is_verb(v) and tree.lemma(v) in words.awaits):
        voice.status = _weaker(voice.status, Status.PLANNED)
    if marks & words.conditions:
        voice.status = Status.POSSIBLE


def _has_been(tree: Tree, verb: int) -> bool:
    """ "should have been freed": too late for a demand."""
    return any(tree.lower(k) == "have" for k in tree.kids(verb, "aux"))


def _announced(tree: Tree, v: int, words: VoiceWords) -> Status | None:
    """ "is due to be released", "was expected to appear": by the words before the verb, however the tree hangs them."""
    i = v - 1
    while i > tree.first and (tree.lemma(i) in {"be", "have", "soon", "also"} or tree.pos(i) == "ADV"):
        i -= 1
    if i <= tree.first or tree.lower(i) != "to":
        return None
    lemma = tree.lemma(i - 1)
    return Status.PLANNED if lemma in words.plans else Status.POSSIBLE if lemma in words.weighing else None


def _near(tree: Tree, v: int, verb: int) -> bool:
    """Whether the trigger noun is the subject or object of `verb`, so that the verb's negation is the noun's."""
    return v == verb or (tree.head(v) == verb and tree.dep(v).split(":")[0] in {"obj", "nsubj", "obl", "xcomp"})


def _set_off(tree: Tree, child: int) -> bool:
    """An apposition, or a relative clause about a person, between commas: what it says is the outlet's own word.

    "The group says that X, who is serving a term, was beaten" says nothing of the term; "…, where he was beaten" and
    "…, which led to arrests" go on in the group's words.
    """
    dep = tree.dep(child)
    if not dep.startswith(("acl:relcl", "appos")):
        return False
    marks = {",", "—", "--", "–", "-", "("}
    below = [i for i in tree.subtree(child) if tree.token(i).text not in marks]
    low = below[0] if below else child
    while low > tree.first and tree.lower(low - 1) in RELATIVE:
        low -= 1
    personal = dep == "appos" or any(tree.lower(i) in PERSONAL for i in range(low, child))
    return personal and low > tree.first and tree.token(low - 1).text in marks


def _climb(tree: Tree, child: int, head: int, voice: Voice, words: VoiceWords) -> None:
    dep, lemma = tree.dep(child), tree.lemma(head)
    base = dep.split(":")[0]
    if base in {"ccomp", "parataxis", "csubj"} and tree.is_verb(head):
        _complement(tree, child, head, lemma, voice, words)
    elif base in {"obj", "obl", "xcomp", "nsubj"} or (base == "advcl" and "to" in _marks(tree, child)):
        _argument(tree, child, head, base, voice, words)
    elif base in {"nmod", "acl"} and not tree.is_verb(head):
        if lemma in words.demand_nouns and tree.case(child) in {"for", "to", ""}:
            _demand(voice, _owner(tree, head))
        elif lemma in words.plan_nouns and (tree.token(child).tag == "VB" or tree.case(child) in {"for", "to"}):
            voice.status = _weaker(voice.status, Status.PLANNED)
        elif lemma in words.chances and (base == "acl" or tree.case(child) in {"of", "for"}):
            voice.status = _weaker(voice.status, Status.POSSIBLE)
        elif lemma in words.reports and base == "acl" and _content(tree, child):
            _rumored(tree, head, voice)


def _untrue(tree: Tree, trigger: int, words: VoiceWords) -> bool:
    """ "Reports that he had been arrested are not true": denied, wherever the tree hangs the event."""
    told = any(tree.lemma(i) in words.reports and tree.dep(i).startswith("nsubj") for i in range(tree.first, trigger))
    if not told:
        return False
    for i in range(trigger + 1, tree.last):
        if not any(tree.lemma(k) == "be" and k > trigger for k in tree.kids(i, "cop")):
            continue
        if tree.lemma(i) in words.untrue or (tree.lemma(i) in {"true", "correct"} and _negated(tree, i, words)):
            return True
    return False


def _complement(tree: Tree, child: int, head: int, lemma: str, voice: Voice, words: VoiceWords) -> None:
    """A clause under a verb of saying, denying or demanding."""
    if lemma in words.denies or (lemma in words.says and _negated(tree, head, words)):
        if voice.status in {Status.HAPPENED, Status.POSSIBLE} and lemma in words.denies:
            voice.status = Status.DENIED
    elif lemma == "ask" and any(tree.lower(k) in ASKED for k in tree.kids(child, "advmod", "mark", "nsubj", "obj")):
        voice.hear(_subject(tree, head))
        voice.settled = True
        return
    elif lemma in words.demands and lemma not in words.says:
        _demand(voice, _subject(tree, head))
        return
    elif lemma in words.plans and lemma not in words.says:
        voice.status = _weaker(voice.status, Status.PLANNED)
        return
    elif lemma in words.orders and (voice.status is Status.POSSIBLE or tree.token(child).tag == "VB"):
        voice.status = Status.PLANNED
        return
    if voice.would and voice.status is Status.POSSIBLE and tree.token(head).tag in {"VBD", "VBN"}:
        voice.status = Status.PLANNED
    if lemma in words.says or lemma in words.denies:
        voice.hear(reporter(tree, head))
    voice.settled = voice.settled or lemma in words.says


def _argument(tree: Tree, child: int, head: int, base: str, voice: Voice, words: VoiceWords) -> None:
    """The trigger is object, oblique or complement of `head`: "demanded the release", "plans to appeal", "denied the
    arrest", "is said to have been", "was due to be released"."""
    lemma = tree.lemma(head)
    passive = tree.is_verb(head) and tree.is_passive(head)
    if base == "nsubj" and not passive:
        return
    _told_of(tree, child, head, base, voice)
    if lemma in words.awaits and (base == "obj" or (base == "nsubj" and passive)):
        voice.status = _weaker(voice.status, Status.PLANNED)
    elif lemma in words.demands and base != "nsubj" and _demand_fits(tree, child, head, lemma, base, voice):
        _demand(voice, _subject(tree, head) if not passive else None)
    elif lemma in words.denies and base in {"obj", "xcomp"} and _denial(tree, child, head, voice, words):
        voice.status = Status.DENIED
        voice.hear(reporter(tree, head))
    elif base == "xcomp" and passive and lemma in words.hedge_verbs:
        voice.hedged = True
    elif base in {"xcomp", "obl", "advcl"} and lemma in words.plans and tree.pos(child) in {"VERB", "NOUN"}:
        if base != "obl" or passive:
            voice.status = _weaker(voice.status, Status.PLANNED)
    elif base in {"xcomp", "obj"} and (lemma in words.weighing or _faced(tree, child, head, words)):
        voice.status = _weaker(voice.status, Status.POSSIBLE)
    elif lemma in words.orders and tree.lemma(child) in words.deeds and tree.token(child).tag != "VBN":
        voice.status = _weaker(voice.status, Status.PLANNED)
    elif lemma in words.failed and _averted(tree, child, base, lemma, voice):
        voice.averted, voice.refused = True, lemma in {"refuse", "decline"}
    if base == "xcomp":
        for k in tree.kids(head, "aux"):
            if tree.lower(k) in words.possible:
                voice.status = _weaker(voice.status, Status.POSSIBLE)


def _averted(tree: Tree, child: int, base: str, lemma: str, voice: Voice) -> bool:
    """ "failed to free him", "escaped arrest"; who stops a march has not kept it from being held."""
    if base == "xcomp" and tree.is_verb(child):
        return True
    stopped = lemma in voice_words().stops
    return base in {"obj", "xcomp"} and not stopped and voice.trigger in tree.joined(child)


def _faced(tree: Tree, child: int, verb: int, words: VoiceWords) -> bool:
    """ "faces deportation" may come; "faced arrests and beatings" came, "marchers face tear gas" is a headline."""
    lemma = tree.lemma(verb)
    legal = lemma != "face" or tree.lemma(child) in words.deeds
    return lemma in words.risks and legal and tree.token(verb).tag not in {"VBD", "VBN"}


def _rumored(tree: Tree, noun: int, voice: Voice) -> None:
    """ "repeated her claim that he was beaten": hers; "amid rumors that he was beaten": nobody's, hedged."""
    owners = tree.possessors(noun) + tree.obliques(noun, "by", "from", "of")
    voice.hear(owners[0] if owners else None)
    voice.hedged = voice.hedged or (not owners and voice.status is not Status.DENIED)


def _content(tree: Tree, verb: int) -> bool:
    """A clause that tells what the report says ("reports that he was held"), no relative clause."""
    subjects = tree.kids(verb, "nsubj", "obj")
    return "that" in _marks(tree, verb) and not any(tree.lower(k) in RELATIVE for k in subjects)


def _denial(tree: Tree, child: int, head: int, voice: Voice, words: VoiceWords) -> bool:
    """ "denied the arrest", "denied reports of torture"; but "denied access to the trial" withholds, "denied a role in
    the killing" grants the killing, "rejected the charge" is the charge's own frame."""
    withheld = bool(tree.kids(head, "iobj", "nsubj:pass"))
    own = voice.trigger in tree.joined(child) or tree.lemma(child) in words.reports
    return own and not withheld and tree.lemma(child) not in words.grounds


def _told_of(tree: Tree, child: int, head: int, base: str, voice: Voice) -> None:
    """The event as a noun or participle by which someone tells it: "announced the arrest", "reported being beaten",
    "spoke of torture", "the arrest was confirmed by the ministry"."""
    words, lemma = voice_words(), tree.lemma(head)
    passive = tree.is_verb(head) and tree.is_passive(head)
    told = (
        (base in {"obj", "nsubj"} and lemma in words.announces and _core_of(tree, voice.trigger, child))
        or (base == "xcomp" and lemma in words.says - words.addresses and not passive and _own(tree, child))
        or (base in {"obl", "advcl"} and lemma in words.tells_of and tree.case(child) in {"of", "about"})
        or (lemma in words.says and (tree.lower(child) == "how" or tree.case(child) == "among"))
    )
    if told:
        voice.hear(reporter(tree, head))


def _core_of(tree: Tree, trigger: int, noun: int) -> bool:
    """Whether `noun` is the event or its measure: "a campaign of arrests", not "the reasons for the arrest"."""
    for a in (trigger, *tree.ancestors(trigger)):
        if a == noun:
            return True
        dep = tree.dep(a).split(":")[0]
        if dep not in {"conj", "compound", "amod"} and not (dep == "nmod" and tree.case(a) == "of"):
            return False
    return False


def _own(tree: Tree, verb: int) -> bool:
    """ "reported being beaten", "claims to have been beaten"; "told to leave", "continued to hold" say nothing."""
    return (
        tree.token(verb).tag == "VBG"
        or any(tree.token(k).tag == "VBG" for k in tree.kids(verb, "aux"))
        or (_has_been(tree, verb))
    )


def _marks(tree: Tree, verb: int) -> set[str]:
    """The markers of a clause: {"to"} of an infinitive."""
    return {tree.lower(k) for k in tree.kids(verb, "mark")}


def _demand_fits(tree: Tree, child: int, head: int, lemma: str, base: str, voice: Voice) -> bool:
    """ "call for his release" needs its preposition, "demand his release" none; "sought by police" is no demand."""
    words = voice_words()
    if base in {"xcomp", "advcl"}:  # "asked a friend to pay for his release" asks for no release
        direct = voice.trigger in tree.joined(child) or not tree.case(voice.trigger)
        return direct and lemma in words.asking and bool(tree.kids(head, "obj", "iobj", "obl"))
    case = tree.case(child)
    wanted = words.demand_by.get(lemma, [""])
    return case in wanted and (base == "obj" or bool(case))


def _demand(voice: Voice, who: int | None) -> None:
    if voice.settled:
        return
    voice.status = Status.DEMANDED
    voice.hear(who)


def _weaker(status: Status, to: Status) -> Status:
    """A planned or possible frame around an event that was only told as happened."""
    return to if status is Status.HAPPENED else status


def _negated(tree: Tree, verb: int, words: VoiceWords) -> bool:
    return any(tree.lower(k) in words.negations for k in tree.kids(verb, "advmod"))


def _subject(tree: Tree, verb: int) -> int | None:
    """The subject of a verb of saying; that of "was quoted as saying" too."""
    subjects = tree.subjects(verb)
    return subjects[0] if subjects else None


def _owner(tree: Tree, noun: int) -> int | None:
    """Whose demand: "the family's call", "a call by lawyers", or the subject of the verb that the noun hangs on."""
    owners = tree.possessors(noun) + tree.obliques(noun, "by", "from", "of")
    if owners:
        return owners[0]
    verb = tree.verb_above(noun)
    return _subject(tree, verb) if tree.is_verb(verb) and tree.dep(noun).startswith("obj") else None
