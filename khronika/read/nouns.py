"""What a noun phrase says of those it means: people or things, whose followers, which of several, named where."""

from __future__ import annotations

from khronika.read.cast import Cast, Character
from khronika.read.syntax import Tree
from khronika.read.words import people_words

NUMBERS = frozenset({"ten", "dozen", "score", "hundred", "thousand", "million", "lakh", "crore"})
SHARES = frozenset({"%", "percent", "third", "half", "quarter", "majority", "total", "rest", "remainder", "bulk"})
"""Nouns that count what they are of: "tens of thousands of people", "10 percent of those held". Numbers alone in the
plural count people."""
RECURRING = ("in recent", "over the past", "in the past", "over the years", "for years", "in the last", "over the last")


def means_people(tree: Tree, i: int) -> bool:
    """Whether the noun `i` means people: "villagers", "tens of thousands of villagers"; not "dozens of cars"."""
    words = people_words()
    for _ in range(4):
        inner = tree.obliques(i, "of") if tree.lemma(i) in NUMBERS | SHARES else []
        if not inner:
            break
        i = inner[0]
        if tree.pos(i) != "NOUN":
            return True
    return words.is_human(tree.lemma(i)) or tree.lemma(i) in NUMBERS


def is_follower(tree: Tree, i: int, j: int) -> bool:
    """Whether the name at `j` only says whose critic, aide or ally the noun `i` behind it is: "a Karimov critic"."""
    own = tree.token(i)
    if not (j < i and own.pos == "NOUN" and own.text.islower() and people_words().is_human(own.lemma)):
        return False
    return tree.dep(j).startswith("compound") and tree.head(j) == i


def is_aside(tree: Tree, noun: int, clause: int) -> bool:
    """Whether a relative clause is set off by a mark and so does not say which ones: "the women, who smiled, were
    jailed", "the men -- who …"."""
    first = min(tree.subtree(clause))
    marks = {tree.token(first).text, tree.token(max(noun, first - 1)).text}
    return tree.dep(clause) == "acl:relcl" and not marks.isdisjoint({",", "-", "--", "–", "—"})


def is_recurring(tree: Tree) -> bool:
    """Whether the sentence tells what went on over a time: "several" is no count there (codebook rule 17)."""
    text = " ".join(tree.lower(j) for j in tree)
    return any(phrase in text for phrase in RECURRING)


def listed_names(tree: Tree, noun: int) -> list[int]:
    """Where the names of a described group stand: "two men, A and B", "the two were identified as A and B"."""
    out = [a for a in tree.kids(noun, "appos") if a > noun]
    verb = tree.head(noun)
    if tree.dep(noun).startswith("nsubj") and tree.lemma(verb) in {"identify", "name"} and tree.is_passive(verb):
        out += [k for k in tree.kids(verb, "obj", "obl", "xcomp") if tree.case(k) in {"", "as"} and k > verb]
    return out


def named_beside(tree: Tree, i: int, cast: Cast) -> Character | None:
    """ "union leader Timur K.", "Timur K., the editor who …": the name that the noun stands beside."""
    if tree.dep(i).startswith("appos") and (who := cast.person_at(tree.head(i))):
        return who
    return cast.person_at(i + 1) if i + 1 < tree.last else None


def trimmed(tree: Tree, first: int, last: int) -> str:
    """The phrase without a leading article and without commas or quotes at its ends."""
    while first < last and tree.lower(first) in {"the", "a", "an", "“", '"', "'", ",", "‘"}:
        first += 1
    return tree.text(first, last).strip(' ,;:.“”"') if last > first else ""
