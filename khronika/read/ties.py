"""Family and membership that the story states: "his wife, Dana K.", "X, the leader of Y" (codebook rule 7)."""

from __future__ import annotations

from khronika.facts.claims import Relation
from khronika.read.cast import HE, SHE, Character
from khronika.read.syntax import Tree
from khronika.read.who import Resolver
from khronika.read.words import people_words

PERSONAL = frozenset({"spouse", "parent", "child", "sibling", "relative"})


def find_ties(tree: Tree, resolver: Resolver, document: str) -> list[Relation]:
    """The ties of one sentence, kept in the cast too so that "her husband" can be resolved later."""
    words, out = people_words(), []
    for i in tree:
        kind = words.relations.get(tree.lemma(i))
        if kind is None or tree.token(i).tag not in {"NN", "NNP", "NNS"}:
            continue
        holder = _holder(tree, i, resolver)
        owner = _owner(tree, i, resolver, kind)
        if holder is None or owner is None or holder is owner:
            continue
        resolver.cast.tie(holder, kind, owner)
        quote = " ".join(tree.parse.text[tree.sentence.start : tree.sentence.end].split())
        out.append(Relation(document, holder.name, kind, owner.name, quote))
    return out


def _holder(tree: Tree, noun: int, resolver: Resolver) -> Character | None:
    """Who is the wife, leader …: the name in apposition to the noun, the name that it describes, or its subject."""
    for k in tree.kids(noun, "appos", "flat", "compound", "nmod:desc"):
        if who := resolver.cast.person_at(k):
            return who
    head = tree.head(noun)
    if tree.dep(noun).split(":")[0] in {"appos", "compound", "flat", "nmod"} and tree.case(noun) == "":
        return resolver.cast.person_at(head)
    for k in tree.kids(noun, "nsubj"):
        if tree.kids(noun, "cop"):
            return resolver.cast.person_at(k)
    return None


def _owner(tree: Tree, noun: int, resolver: Resolver, kind: str) -> Character | None:
    """Whose wife, of which body the leader: possessor or "of"."""
    for k in [*tree.possessors(noun), *tree.obliques(noun, "of", "at", "with", "in")]:
        if tree.lower(k) in HE | SHE:
            return resolver.pronouns.person(k) if kind in PERSONAL else None
        found = resolver.cast.person_at(k)
        if found is None:
            found = next(
                (c for j in tree.kids(k, "appos", "compound", "flat") if (c := resolver.cast.person_at(j))), None
            )
        if found is not None:
            return found if kind in PERSONAL else None
        below = {c.name: c for j in tree.subtree(k) if (c := resolver.cast.person_at(j))}
        if len(below) == 1 and kind in PERSONAL:
            return next(iter(below.values()))
        body = resolver.cast.at(k)
        if body is not None and kind not in PERSONAL and body.label == "ORG":
            return body
    return None
