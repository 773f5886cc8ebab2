"""Who says it, and how: outlet's own voice or a speaker; happened, denied, demanded, planned, possible; hedged.

One climb from the claim's word to the sentence's root collects all of it, clause by clause.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from khronika.facts.claims import Status
from khronika.read.syntax import RELATIVE, Tree
from khronika.read.words import VoiceWords, voice_words


@dataclass(slots=True)
class Voice:
    """What the climb found: the speaker's noun (token, None = the outlet), the status, hedge and plain negation.

    `aside`: beyond a clause set off by commas; `settled`: beyond what is reported ("asked them to leave, saying he was
    in prison" asks for no prison) or beyond any relative clause, whose content is presupposed:
    "demanded the release of a man who was jailed" demands the release, not the jailing.
    """

    speaker: int | None = None
    status: Status = Status.HAPPENED
    hedged: bool = False
    negated: bool = False
    demander: int | None = None
    aside: bool = False
    would: bool = False
    settled: bool = False
    verbs: list[int] = field(default_factory=list)


def listen(tree: Tree, trigger: int) -> Voice:
    """The voice in which the word `trigger` is said.

    "X denied that he was beaten" → denied by X; "Y demanded his release" → demanded by Y; "he could face" → possible;
    "police said, according to Z"; a clause set off by commas ("who was jailed in May,") is the outlet's own again.
    """
    voice, words = Voice(), voice_words()
    _own_clause(tree, trigger, voice, words)
    child = trigger
    for head in tree.ancestors(trigger):
        if _set_off(tree, child):
            voice.aside = True
        status, negated, settled = voice.status, voice.negated, voice.settled
        _climb(tree, child, head, voice, words)
        if settled:
            voice.status, voice.negated = status, negated
        relative = tree.dep(child).startswith("acl") and tree.lemma(head) not in words.reports
        voice.settled = voice.settled or relative
        child = head
    if voice.speaker is None and not voice.aside:
        _according(tree, trigger, voice, words)
    return voice


def _own_clause(tree: Tree, v: int, voice: Voice, words: VoiceWords) -> None:
    """Auxiliaries, negation, adverbs of the trigger's own verb: "was not", "will be", "may have been".

    A bare imperative ("Then free him.") tells of nothing.
    """
    verb = tree.verb_above(v)
    if tree.token(v).tag == "VB" and tree.head(v) == v and not tree.kids(v, "nsubj", "aux", "mark"):
        voice.negated = True
    spots = {v, verb} if _near(tree, v, verb) else {v}
    for spot in spots:
        for k in tree.kids(spot):
            lower, lemma, dep = tree.lower(k), tree.lemma(k), tree.dep(k)
            if lower in words.negations and (
                dep.startswith(("advmod", "det", "cc")) or lower in {"not", "n't", "n’t", "never"}
            ):
                voice.negated = True
            elif dep.startswith("aux"):
                if lower in words.obliging:
                    voice.status = Status.DEMANDED
                elif lower in words.future:
                    voice.status = Status.PLANNED
                elif lower == "would":
                    voice.would, voice.status = True, Status.POSSIBLE
                elif lower in words.possible:
                    voice.status = Status.POSSIBLE
            elif lower in words.hedges or lemma in words.hedges:
                voice.hedged = True
    for noun in tree.kids(v, "nsubj", "obj"):
        voice.negated = voice.negated or any(tree.lower(k) in {"no", "neither"} for k in tree.kids(noun, "det"))
    voice.status = _weaker(voice.status, _announced(tree, v, words) or Status.HAPPENED)
    if _marks(tree, verb) & {"if", "unless"}:
        voice.status = Status.POSSIBLE


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
    """A relative clause or apposition between commas: what it says is the outlet's own word."""
    dep = tree.dep(child)
    if not dep.startswith(("acl:relcl", "appos")):
        return False
    low = min(tree.subtree(child))
    while low > tree.first and tree.lower(low - 1) in RELATIVE:
        low -= 1
    return low > tree.first and tree.token(low - 1).text in {",", "—", "--", "–", "-", "("}


def _climb(tree: Tree, child: int, head: int, voice: Voice, words: VoiceWords) -> None:
    dep, lemma = tree.dep(child), tree.lemma(head)
    base = dep.split(":")[0]
    if base in {"ccomp", "parataxis", "csubj"} and tree.is_verb(head):
        _complement(tree, head, lemma, voice, words)
    elif base in {"obj", "obl", "xcomp", "nsubj"} or (base == "advcl" and "to" in _marks(tree, child)):
        _argument(tree, child, head, base, voice, words)
    elif base in {"nmod", "acl"} and not tree.is_verb(head) and not _untrue(tree, head, voice, words):
        if lemma in words.demand_nouns and tree.case(child) in {"for", "to", ""}:
            _demand(voice, _owner(tree, head))
        elif lemma in words.plan_nouns and base == "acl":
            voice.status = _weaker(voice.status, Status.PLANNED)
    for k in tree.kids(head, "parataxis"):
        if k != child and tree.lemma(k) in words.says and voice.speaker is None and not voice.aside:
            voice.speaker = _subject(tree, k)


def _untrue(tree: Tree, noun: int, voice: Voice, words: VoiceWords) -> bool:
    """ "reports that he had been arrested are not true": denied by who says so."""
    verb = tree.head(noun)
    if not tree.dep(noun).startswith("nsubj"):
        return False
    false = tree.lemma(verb) in words.untrue or (tree.lemma(verb) == "true" and _negated(tree, verb, words))
    if false:
        voice.status, voice.settled = Status.DENIED, False
    return false


def _complement(tree: Tree, head: int, lemma: str, voice: Voice, words: VoiceWords) -> None:
    """A clause under a verb of saying, denying or demanding."""
    if lemma in words.denies or (lemma in words.says and _negated(tree, head, words)):
        if voice.status in {Status.HAPPENED, Status.POSSIBLE} and lemma in words.denies:
            voice.status = Status.DENIED
    elif lemma in words.demands and lemma not in words.says:
        _demand(voice, _subject(tree, head))
        return
    elif lemma in words.plans and lemma not in words.says:
        voice.status = _weaker(voice.status, Status.PLANNED)
        return
    if voice.would and voice.status is Status.POSSIBLE and tree.token(head).tag in {"VBD", "VBN"}:
        voice.status = Status.PLANNED
    if (lemma in words.says or lemma in words.denies) and voice.speaker is None and not voice.aside:
        voice.speaker = _subject(tree, head)
    voice.settled = voice.settled or lemma in words.says


def _argument(tree: Tree, child: int, head: int, base: str, voice: Voice, words: VoiceWords) -> None:
    """The trigger is object, oblique or complement of `head`: "demanded the release", "plans to appeal", "denied the
    arrest", "is said to have been", "was due to be released"."""
    lemma = tree.lemma(head)
    passive = tree.is_verb(head) and tree.is_passive(head)
    if base == "nsubj" and not passive:
        return
    if lemma in words.demands and base != "nsubj" and _demand_fits(tree, child, head, lemma, base, words):
        _demand(voice, _subject(tree, head) if not passive else None)
    elif (
        lemma in words.denies
        and base in {"obj", "xcomp"}
        and tree.lemma(child) not in {"charge", "accusation", "allegation"}
    ):
        voice.status = Status.DENIED
        voice.speaker = voice.speaker if voice.speaker is not None else _subject(tree, head)
    elif base == "xcomp" and passive and lemma in words.hedge_verbs:
        voice.hedged = True
    elif base in {"xcomp", "obl", "advcl"} and lemma in words.plans and tree.pos(child) in {"VERB", "NOUN"}:
        if base != "obl" or passive:
            voice.status = _weaker(voice.status, Status.PLANNED)
    elif (base in {"xcomp", "obj"} and lemma in words.weighing) or (
        base == "xcomp" and lemma in {"likely", "able", "liable"}
    ):
        voice.status = _weaker(voice.status, Status.POSSIBLE)
    elif base in {"xcomp", "obj"} and lemma in words.failed and lemma not in {"refuse", "decline"}:
        voice.negated = True
    if base == "xcomp":
        for k in tree.kids(head, "aux"):
            if tree.lower(k) in words.possible:
                voice.status = _weaker(voice.status, Status.POSSIBLE)


def _marks(tree: Tree, verb: int) -> set[str]:
    """The markers of a clause: {"to"} of an infinitive."""
    return {tree.lower(k) for k in tree.kids(verb, "mark")}


def _demand_fits(tree: Tree, child: int, head: int, lemma: str, base: str, words: VoiceWords) -> bool:
    """ "call for his release" needs its preposition, "demand his release" none; "sought by police" is no demand."""
    if base in {"xcomp", "advcl"}:
        return lemma in words.asking and bool(tree.kids(head, "obj", "iobj", "obl"))
    case = tree.case(child)
    wanted = words.demand_by.get(lemma, [""])
    return case in wanted and (base == "obj" or bool(case))


def _demand(voice: Voice, who: int | None) -> None:
    if voice.settled:
        return
    voice.status = Status.DEMANDED
    if voice.demander is None:
        voice.demander = who
    voice.speaker = who if voice.speaker is None else voice.speaker


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


def _according(tree: Tree, trigger: int, voice: Voice, words: VoiceWords) -> None:
    """ "according to the lawyer": the speaker of the whole sentence, or of its clause."""
    for i in tree:
        if (
            tree.lower(i) in {"according", "per"}
            and tree.dep(i) == "case"
            and (tree.lower(i) != "per" or i == tree.first)
        ):
            voice.speaker = tree.head(i)
            return
