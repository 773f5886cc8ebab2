"""How well two names of people agree, in any romanization.

A name's score alone never makes two mentions one person (`khronika.link` asks for more). Tables: `honorifics.toml`,
`given_names.tsv`, `romanization.toml`. Own rules instead of a library: measured better on held-out pairs of news
spellings than the libraries compared (docs/dependencies.md), with no compiled dependency beyond rapidfuzz.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from rapidfuzz.fuzz import ratio

from khronika.text.fold import fold
from khronika.text.name_parts import (
    MAX_NAME,
    Name,
    family_first,
    given,
    keys_of,
    name_words,
    parse_name,
    spelling_key,
    surname,
)
from khronika.text.name_tables import given_groups
from khronika.text.romanization import loose_consonants, skeleton, without_child_of, word_key
from khronika.text.scripts import is_syllabic

__all__ = [
    "MAX_NAME", "SAME", "Name", "clash", "family_first", "given", "is_short_form",
    "leaves_words_out", "matches", "may_be_one", "same_consonants", "name_words", "parse_name",
    "same_spelling", "spelling_key", "surname",
]  # fmt: skip

SAME = 0.84
"""At and above this `same_spelling` two names may be one. `python -m bench.names` measures it: on the person pairs of
../shared/data/name-pairs F1 is 0.850 with 4 false matches of 148; 1 of 4,500 pairs of different people reaches it."""

ROUGHLY = 0.7
"""Likeness of whole names under which they share at most a short word; names drawn at random are at 0.3 to 0.5."""

SAME_FATHER = 0.8
"""Likeness of two patronymics from which they are one in two spellings ("Yevgenyevich", "Evgenievich")."""

OTHER_SIGN = 0.5
"""Two names in Chinese characters or Korean syllables that are not the same characters: however alike they sound."""

CONSONANTS = 0.93
"""The most that consonants alone can say: "Salim" and "Salma" share them."""

OTHER_FATHER = 0.6
"""The most that two names with different fathers in them reach."""

STRICT = 1.25
"""Exponent on the likeness of two given names: they are shorter than surnames and of a smaller stock, so a letter's
difference is oftener another name ("Andrei", "Andy"; "Marat", "Murat")."""

PIECE = 0.7
"""The most that a given name reaches that is only the beginning of another ("Min", "Minho"): more letters than an
ending has make another name, unless the table of equivalents has both."""

_LOOSE = str.maketrans("oegHSCJ", "uikkskz")
"""Sounds that romanizations of Arabic, Turkic and East Slavic names swap: Osama/Usama, Tofik/Tofig, Raqym/Rakhym; and
marked letters that lose their mark ("Haşim", "Žarko", "Čapek")."""
_OPEN = re.compile(r"(?<![aeio])[aiou]$")
"""A vowel at a word's end that is sounded; "-e" may be mute, "-au" and "-ou" stand for "-av" and "-ov" in
Belarusian."""
_FEMININE = re.compile(r"(?:[oe]v|in|sk)a(?:ia)?$")


def same_spelling(a: str, b: str) -> float:
    """How far two full names are one name in two spellings, 0-1; at `SAME` and above they are.

    Surname with surname and given with given, each by spelling key; known equivalents of given names count as equal,
    two different known given names ("Ivan", "Igor") never do; the order may be swapped where nothing marks it; two
    different patronymics and "-ov" against "-ova" speak against. A name of one word is compared as a whole.
    """
    return _same_spelling(*sorted((a[:MAX_NAME], b[:MAX_NAME])))


def is_short_form(short: str, full: str) -> bool:
    """Whether `short` is how a text takes up `full` again: surname alone, initial and surname, a given name fewer.

    "Weber" and "K. Weber" of "Klaus Weber", "Klaus Weber" of "Klaus Dieter Weber"; not "Klaus", not "P. Weber".
    """
    a, b = parse_name(short), parse_name(full)
    if not a.words or len(a.words) > len(b.words) or (len(a.words) == len(b.words) and not _initials(a)):
        return False
    if len(a.words) == 1:
        return any(_alike(a.words[0], word) >= SAME for word in _surname_candidates(b))
    if _words_alike(a.surname, b.surname) < SAME:
        return False
    return _in_order(a.given, b.given)


def same_consonants(a: str, b: str) -> bool:
    """Whether two full names have the same consonants word by word and differ in vowels alone ("Turghun Ehmet", "Turgun
    Ahmat"): much less than one spelling, since vowels also tell names apart.

    One of them may have a word more before its last. Two known given names of different groups, and "-ov" beside
    "-ova", are two names all the same.
    """
    left, right = parse_name(a), parse_name(b)
    short, long_ = sorted((left.words, right.words), key=len)
    if len(short) < 2 or len(long_) > len(short) + 1 or _other_father(left, right):
        return False
    if len(long_) > len(short):
        long_ = (*long_[: len(short) - 1], long_[-1])
    return all(_may_be(x, y) for x, y in zip(short, long_, strict=True))


def leaves_words_out(short: str, full: str) -> bool:
    """Whether `short`, of two words or more, is `full` without some words behind the first: the mother's family name of
    Spanish and Portuguese names ("Ana Ruiz" of "Ana Belén Ruiz Molina"), the grandfather's or tribe's of Arabic
    ones."""
    a, b = parse_name(short).words, parse_name(full).words
    if not 1 < len(a) < len(b) or _alike(a[0], b[0]) < SAME:
        return False
    return _in_order(a[1:], b[1:])


def clash(a: str, b: str) -> bool:
    """Whether a word of one full name is none of the other's in any spelling, or their fathers differ: two names that
    cannot both be one person's, as two far spellings of one name can."""
    left, right = parse_name(a), parse_name(b)
    if _other_father(left, right):
        return True
    short, long_ = sorted(([w for w in name.words if len(w) > 1] for name in (left, right)), key=len)
    return any(not any(_may_be_word(x, y) for y in long_) for x in short)


def may_be_one(a: str, b: str) -> bool:
    """Whether two full names have a word in common in any spelling, or look alike as a whole.

    The least that `is_short_form` and `same_spelling` ask for, and far cheaper: for long lists of names.
    """
    left, right = parse_name(a), parse_name(b)
    if any(_alike(x, y) >= SAME for x in left.words for y in right.words):
        return True
    return ratio("".join(keys_of(left.words)), "".join(keys_of(right.words))) >= 100 * ROUGHLY


def matches(typed: str, name: str) -> float:
    """How well what a person typed at a prompt fits a name of the record, 0-1; 0 where it does not fit.

    Case and accents do not matter; a surname alone, a given name alone (lower), another romanization, a swapped order,
    the beginning of a word (three letters or more) and one slip in a longer word all fit. Every typed word must fit a
    word of its own. Equal names give 1.0, a surname alone about 0.92, a given name alone about 0.82.
    """
    words, target = name_words(typed[:MAX_NAME]), parse_name(name)
    if not words or not target.words:
        return 0.0
    if words == name_words(name):
        return 1.0
    left = [*target.words, *([target.patronymic] if target.patronymic else [])]
    scores = []
    for word in (without_child_of(w)[0] or w for w in words):
        fit, best = max(((_typed_fit(word, other), other) for other in left), default=(0.0, ""))
        if fit == 0.0:
            return 0.0
        left.remove(best)
        scores.append(fit * (0.95 if best in target.surname or len(words) > 1 else 0.85))
    coverage = len(scores) / len(target.words)
    return round(min(1.0, sum(scores) / len(scores) * (0.94 + 0.06 * min(1.0, coverage))), 4)


@lru_cache(maxsize=131_072)
def _same_spelling(a: str, b: str) -> float:
    """`same_spelling` of an ordered pair."""
    left, right = parse_name(a), parse_name(b)
    if not left.words or not right.words:
        return 0.0
    if is_syllabic(a) and is_syllabic(b):
        return 1.0 if fold(a) == fold(b) else OTHER_SIGN
    if (left.words, left.patronymic, left.father) == (right.words, right.patronymic, right.father):
        return 1.0
    if left.unvowelled is not right.unvowelled:
        return _by_consonants(left, right)
    if len(left.words) == 1 or len(right.words) == 1:
        return _as_a_whole(left, right)
    score = _by_parts(left, right)
    if left.loose or right.loose:
        turned = max(_by_parts(left, _turned(right)), _by_parts(_turned(left), right))
        score = max(score, 0.97 * turned, 0.97 * _as_a_whole(left, right))
    return min(score, OTHER_FATHER) if _other_father(left, right) else score


def _turned(name: Name) -> Name:
    """The name read with its family name first."""
    return replace(name, given=name.words[1:], surname=name.words[:1])


def _other_father(left: Name, right: Name) -> bool:
    """Whether both names tell the father's, and it is not the same: two patronymics, or "Abdullah bin Omar" beside
    "Omar bin Abdullah" (son and father)."""
    pairs = ((left.patronymic, right.patronymic), (left.father, right.father))
    return any(a and b and _alike(a, b) < SAME_FATHER for a, b in pairs)


def _by_consonants(left: Name, right: Name) -> float:
    """A name in Arabic or Hebrew letters beside one with vowels: never more than `CONSONANTS`."""
    a, b = ([skeleton(word) for word in name.words] for name in (left, right))
    if len(a) == len(b):
        return CONSONANTS * min(ratio(x, y) for x, y in zip(a, b, strict=True)) / 100
    return CONSONANTS * ratio("".join(a), "".join(b)) / 100


def _as_a_whole(left: Name, right: Name) -> float:
    """All words as one, for names of one word and words written together or apart ("Jong Un", "Jongun")."""
    a, b = "".join(keys_of(left.words)), "".join(keys_of(right.words))
    if a == b:
        return 1.0
    return ratio(a, b) / 100 if len(left.words) == len(right.words) == 1 else min(0.8, ratio(a, b) / 100)


def _by_parts(left: Name, right: Name) -> float:
    """Surname with surname, given with given: the weaker of the two decides, the stronger lifts it a little."""
    families = _words_alike(left.surname, right.surname)
    givens = _givens_alike(left.given, right.given)
    low, high = sorted((families, givens))
    return round(0.8 * low + 0.2 * high, 4)


def _givens_alike(a: Sequence[str], b: Sequence[str]) -> float:
    """Given names by their best one-to-one fit; names that only one side has cost little."""
    short, long_ = sorted((tuple(a), tuple(b)), key=lambda words: (len(words), words))
    left = [*range(len(long_))]
    scores, order = [], []
    for word in short:
        best = max(left, key=lambda at: (_given_alike(word, long_[at]), -at))
        scores.append(_given_alike(word, long_[best]))
        order.append(best)
        left.remove(best)
    extra = len(long_) - len(short)
    together = _alike("".join(a), "".join(b)) if extra else 0.0
    if not scores:
        return 0.0
    return max(min(scores) * (0.97**extra) * (1.0 if order == sorted(order) else 0.85), together)


def _given_alike(a: str, b: str) -> float:
    """One given name with another; a final "-a" more makes it the other sex's ("Karim", "Karima").

    Equal key or known equivalents 1, an initial of the other 0.9, two known names at most 0.5.
    """
    if len(a) == 1 or len(b) == 1:
        return 0.9 if word_key(a)[:1] == word_key(b)[:1] else 0.0
    plain = _alike(a, b)
    if plain == 1.0:
        return plain
    known_a, known_b = given_groups().get(word_key(a)), given_groups().get(word_key(b))
    if known_a and known_b:
        return 1.0 if known_a & known_b else min(plain, 0.5)
    short, long_ = sorted((word_key(a), word_key(b)), key=len)
    if long_ == short + "a":
        return min(plain, 0.5)
    strict: float = plain**STRICT
    return min(strict, PIECE) if long_.startswith(short) and len(long_) - len(short) >= 3 else strict


def _words_alike(a: Sequence[str], b: Sequence[str]) -> float:
    """Surnames by key, word by word, the worst counts; a word more on one side ("Díaz Canel", "Díaz") keeps most of the
    score."""
    if len(a) == len(b):
        return min((_alike(x, y) for x, y in zip(a, b, strict=True)), default=0.0)
    whole = _alike("".join(a), "".join(b))
    short, long_ = sorted((a, b), key=len)
    return max(whole, 0.95 * max(_alike(short[-1], word) for word in long_))


@lru_cache(maxsize=131_072)
def _alike(a: str, b: str) -> float:
    """Two words by their spelling keys, 0-1. A masculine against a feminine surname ending is at most 0.75."""
    left, right = word_key(a), word_key(b)
    if left == right:
        return 1.0
    if len(left) != len(right) and bool(_FEMININE.search(left)) != bool(_FEMININE.search(right)):
        longer, shorter = sorted((left, right), key=len, reverse=True)
        if _FEMININE.search(longer) and shorter[-1] not in "aeo":
            return min(0.75, ratio(left, right) / 100)
    return (ratio(left, right) + ratio(left.translate(_LOOSE), right.translate(_LOOSE))) / 200


def _may_be_word(a: str, b: str) -> bool:
    """Whether two words may be spellings of one: known equivalents, the same consonants, or little between them."""
    groups_a, groups_b = given_groups().get(word_key(a)), given_groups().get(word_key(b))
    if groups_a and groups_b:
        return bool(groups_a & groups_b)
    return _alike(a, b) >= ROUGHLY or loose_consonants(a) == loose_consonants(b)


def _may_be(a: str, b: str) -> bool:
    """Whether two words have the same consonants and both or neither a vowel at the end; known given names must be
    equivalents, and need no more."""
    left, right = word_key(a), word_key(b)
    if left == right:
        return True
    known_a, known_b = given_groups().get(left), given_groups().get(right)
    if known_a and known_b:
        return bool(known_a & known_b)
    return loose_consonants(a) == loose_consonants(b) and bool(_OPEN.search(left)) == bool(_OPEN.search(right))


def _initials(name: Name) -> bool:
    """Whether a given name is only an initial."""
    return any(len(word) == 1 for word in name.given)


def _surname_candidates(name: Name) -> tuple[str, ...]:
    """What a text may call a person by: the surname's words, whole and last, and middle names of a loose name."""
    joined = ("".join(name.surname), *name.surname)
    return joined + (name.given[1:] if name.loose else ())


def _in_order(short: Sequence[str], long_: Sequence[str]) -> bool:
    """Whether each given name or initial of `short` fits one of `long_`, in the same order."""
    at = 0
    for word in short:
        while at < len(long_) and _given_alike(word, long_[at]) < SAME:
            at += 1
        if at == len(long_):
            return False
        at += 1
    return True


def _typed_fit(typed: str, word: str) -> float:
    """One typed word against one of a name: key, known equivalent, beginning, or a slip in four letters or more."""
    a, b = word_key(typed), word_key(word)
    if a == b:
        return 1.0
    if len(typed) == 1 or len(word) == 1:
        return 0.7 if a[:1] == b[:1] else 0.0
    known_a, known_b = given_groups().get(a), given_groups().get(b)
    if known_a and known_b and known_a & known_b:
        return 0.95
    if len(typed) >= 3 and (b.startswith(a) or word.startswith(typed)):
        return 0.9
    close = _alike(typed, word)
    return close if close >= 0.8 and min(len(a), len(b)) >= 4 else 0.0
