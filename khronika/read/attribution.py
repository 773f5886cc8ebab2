"""Who is named as saying a thing, as one sentence's tree shows it.

For "police said", "said police", "according to police", "as police put it", "…, reported Orda, citing police",
"was told by the police", "learned from the police".
"""

from __future__ import annotations

from khronika.read.syntax import Tree
from khronika.read.words import voice_words

MARKS = frozenset({",", "”", "“", '"', "’", "'", "—", "–", "-", "--", "(", ")", ".", ":", ";", "!", "…"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})
REACH = 6
"""Words before the noun of a source, between it and its preposition or verb: "reported the state news agency Orda"."""


def reporter(tree: Tree, verb: int) -> int | None:
    """The noun of who speaks by `verb`, a verb of saying; None where only the one spoken to is named.

    "The Post was told by police" is the police, "the Post was told" is nobody; "she learned from her lawyer" the
    lawyer; "X was quoted as saying" is X; who cites another gives the floor to the other.
    """
    words, lemma = voice_words(), tree.lemma(verb)
    if lemma in words.facts:
        sources = tree.obliques(verb, "from")
        return sources[0] if sources else None
    cited = _cited(tree, verb)
    if cited is not None:
        return cited
    if _passive(tree, verb) and not (lemma in words.quoting and any(_as(tree, k) for k in tree.kids(verb))):
        return _agent(tree, verb)
    quoted = tree.head(verb)
    if _as(tree, verb) and tree.lemma(quoted) in words.quoting and tree.kids(quoted, "obj"):
        return tree.kids(quoted, "obj")[0]  # "media quoted X as saying": X
    return _subject(tree, verb)


def _passive(tree: Tree, verb: int) -> bool:
    return bool(tree.kids(verb, "aux:pass", "nsubj:pass")) or (
        tree.is_passive(verb) and not tree.kids(verb, "nsubj") and tree.token(verb - 1).text != ","
    )


def _agent(tree: Tree, verb: int) -> int | None:
    """ "by whom", of a passive; where the tree gives "by" to the next clause, by the words."""
    agents = tree.kids(verb, "obl:agent") or tree.obliques(verb, "by")
    if agents:
        return agents[0]
    if verb + 1 < tree.last and tree.lower(verb + 1) == "by" and tree.dep(verb + 1) == "case":
        return tree.head(verb + 1)
    return None


def _subject(tree: Tree, verb: int) -> int | None:
    """The subject of an active verb of saying.

    A participle ("asked them to leave, saying …") has that of the verb that it follows; a noun with a preposition is
    none ("Outside the court, X, a lawyer, told …": X); where the tree loses it, the noun just before the verb.
    """
    own = tree.kids(verb, "nsubj")
    if not own and tree.token(verb).tag == "VBG" and tree.dep(verb).split(":")[0] in {"xcomp", "advcl", "conj"}:
        return _subject(tree, _matrix(tree, verb)) if tree.head(verb) != verb else None
    if not own and _inverted(tree, verb):
        return _after(tree, verb)
    if not own and (near := _just_before(tree, verb)) is not None:
        return near
    before = [k for k in own if k < verb]
    addressed = tree.lemma(verb) in voice_words().addresses and before
    subjects = [tree.antecedent(before[-1])] if addressed else tree.subjects(verb)
    if subjects and tree.case(subjects[0]) and (named := tree.kids(subjects[0], "appos")):
        return named[0]
    return subjects[0] if subjects else None


def _matrix(tree: Tree, verb: int) -> int:
    """The verb whose subject a participle of saying shares: "…, adding that" goes on with what is being said."""
    head = tree.head(verb)
    told = tree.dep(head) == "ccomp" and tree.lemma(tree.head(head)) in voice_words().says
    return tree.head(head) if told and tree.lemma(verb) == "add" else head


def _just_before(tree: Tree, verb: int) -> int | None:
    """ "…, the police chief said": behind a comma or a mark, one noun phrase, then the verb."""
    i = verb - 1
    if i <= tree.first or tree.token(verb).tag not in FINITE or tree.pos(i) not in {"NOUN", "PROPN"}:
        return None
    first = i
    while first > tree.first and tree.pos(first - 1) in {"NOUN", "PROPN", "ADJ", "DET", "PART", "PRON", "NUM"}:
        first -= 1
    opened = tree.token(first - 1).text in {",", "”", '"', "’", "—", "–"} if first > tree.first else False
    head = tree.head(i) if tree.dep(i).startswith("flat") and first <= tree.head(i) else i
    return head if opened else None


def beside(tree: Tree, node: int, child: int | None) -> int | None:
    """Who is named as the source of the clause of `node`, by something that hangs on it other than `child`.

    "…, the group said" as an aside; "according to the group"; "as the group put it"; "citing the group".
    """
    words = voice_words()
    for k in tree.kids(node):
        if k == child:
            continue
        dep = tree.dep(k).split(":")[0]
        if dep in {"obl", "nmod", "advcl", "parataxis", "appos", "dep"} and (source := according(tree, k)) is not None:
            if not _nearer(tree, node, child, k):
                return source
            continue
        if tree.lemma(k) in words.says and ((dep == "parataxis" and _apart(tree, k)) or _inverted(tree, k)):
            return _cited(tree, node) or (_after(tree, k) if dep != "parataxis" else reporter(tree, k))
        aside = [p for p in tree.kids(k, "parataxis") if tree.lemma(p) in words.says] if dep == "nsubj" else []
        if aside:  # "His body, she said, showed …"
            return reporter(tree, aside[0])
        if dep == "advcl" and (tree.lemma(k) in words.says or tree.lemma(k) in words.puts) and _as(tree, k):
            return reporter(tree, k)
    return _cited(tree, node)


def _nearer(tree: Tree, node: int, child: int | None, source: int) -> bool:
    """Whether the source at the end of a reported sentence is that of a later clause, not of the clause of `node`.

    "Activists say they were taken to camps, where guards beat them, according to survivors": the survivors tell of the
    beatings.
    """
    if tree.dep(node) != "ccomp" or source < node or (child is not None and node < child):
        return False
    return any(tree.is_verb(j) and tree.kids(j, "nsubj") and j != node for j in range(node + 1, source))


def according(tree: Tree, noun: int) -> int | None:
    """ "according to the group", "in the group's words", "by all accounts of the group"."""
    words, case = voice_words(), tree.case(noun)
    if case.startswith(words.according) or (case == "per" and noun - tree.first <= REACH):
        return noun
    if case in {"in", "by"} and tree.lemma(noun) in words.accounts:
        owners = tree.possessors(noun) + tree.obliques(noun, "of")
        return owners[0] if owners else None
    return None


def _apart(tree: Tree, verb: int) -> bool:
    """Whether an aside is set off by marks: "…, they say, …", not "a man they say was there"."""
    words = [i for i in tree.subtree(verb) if tree.token(i).text not in MARKS]
    return not words or words[0] == tree.first or tree.token(words[0] - 1).text in MARKS


def _inverted(tree: Tree, verb: int) -> bool:
    """ "…, reported the newspaper": behind a comma, joined by nothing, with a noun after it, whatever the tree says."""
    led = verb > tree.first and tree.token(verb - 1).text in {",", "”", '"', "’", "'"}
    joined = tree.kids(verb, "cc", "mark", "aux")
    return led and not joined and tree.token(verb).tag in FINITE and _after(tree, verb) is not None


def _after(tree: Tree, verb: int) -> int | None:
    """Whom an inverted verb of saying is said of: the source cited, else the noun after the verb."""
    cited = _cited(tree, verb)
    if cited is not None:
        return cited
    return next((k for k in tree.kids(verb, "nsubj", "obj") if verb < k <= verb + REACH), None)


def _as(tree: Tree, verb: int) -> bool:
    return any(tree.lower(k) == "as" for k in tree.kids(verb, "mark", "advmod"))


def _cited(tree: Tree, verb: int) -> int | None:
    """ "reported on Monday, citing court papers": the papers."""
    for k in tree.kids(verb, "advcl") + [a for s in tree.kids(verb, "nsubj") for a in tree.kids(s, "acl")]:
        if tree.lemma(k) in voice_words().cites and tree.token(k).tag == "VBG":
            cited = tree.kids(k, "obj")
            return cited[0] if cited else None
    return None
