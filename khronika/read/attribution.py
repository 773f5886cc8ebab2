"""Who is named as saying a thing, as one sentence's tree shows it.

For "police said", "said police", "according to police", "as police put it", "…, reported Orda, citing police",
"was told by the police", "learned from the police".
"""

from __future__ import annotations

from khronika.read.syntax import Tree
from khronika.read.words import voice_words

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
    if tree.kids(verb, "aux:pass", "nsubj:pass") or (tree.is_passive(verb) and not tree.kids(verb, "nsubj")):
        agents = tree.kids(verb, "obl:agent") or tree.obliques(verb, "by")
        if agents or lemma not in words.quoting:
            return agents[0] if agents else None
    before = [k for k in tree.kids(verb, "nsubj") if k < verb]
    if before and lemma in words.addresses:  # "X told journalists …": never the journalists
        return tree.antecedent(before[-1])
    subjects = tree.subjects(verb)
    return subjects[0] if subjects else None


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
        if tree.lemma(k) in words.says and (dep == "parataxis" or _inverted(tree, k)):
            return _cited(tree, node) or (_after(tree, k) if dep != "parataxis" else reporter(tree, k))
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


def _inverted(tree: Tree, verb: int) -> bool:
    """ "…, reported the newspaper": behind a comma, joined by nothing, with a noun after it, whatever the tree says."""
    led = verb > tree.first and tree.token(verb - 1).text in {",", "”", '"', "’", "'"}
    joined = tree.kids(verb, "cc", "mark", "aux")
    return led and not joined and tree.token(verb).tag in {"VBD", "VBZ"} and _after(tree, verb) is not None


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
    for k in tree.kids(verb, "advcl"):
        if tree.lemma(k) in voice_words().cites and tree.token(k).tag == "VBG":
            cited = tree.kids(k, "obj")
            return cited[0] if cited else None
    return None
