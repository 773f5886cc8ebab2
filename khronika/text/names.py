"""Names of people: their words, their spelling in any romanization, and how well two of them agree.

A name's score alone never makes two mentions one person (`khronika.link` asks for more). Tables: `honorifics.toml`,
`given_names.tsv`, `romanization.toml`. Own rules instead of a library: measured better on held-out pairs of news
spellings than the libraries compared (docs/dependencies.md), with no compiled dependency beyond rapidfuzz.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.fuzz import ratio

from khronika.text.name_tables import given_groups, honorifics
from khronika.text.romanization import is_patronymic, latin, without_child_of, word_key

MAX_NAME = 200
"""Code points of a name that are looked at; nobody's name is longer in news text, but input from outside may be."""

SAME = 0.84
"""At and above this `same_spelling` two names are one. On the persons of the pairs in ../shared/data/name-pairs
F1 is 0.823 there with 10 false matches of 148; 0.80 gives 0.837 with 13: a false match costs more than a missed one."""

ROUGHLY = 0.7
"""Likeness of whole names under which they share at most a short word; names drawn at random are at 0.3 to 0.5."""

_INNER = re.compile(r"[\s ]+")
_ARTICLE_HYPHEN = re.compile(r"^(al|el|ul|ad|ash|as|ar|at|az|an)[-‐‑–]", re.IGNORECASE)
_SYLLABLE = re.compile(
    r"(?:zh|ch|sh|ng|nh|kh|ph|th|gh|tr|qu|kk|tt|pp|[bcdfghjklmnpqrstvwxyz])?[aeiouy]{1,3}(?:ng|nh|ch|[nklmptrg])?"
)
_LOOSE = str.maketrans("oegH", "uikk")
"""Sounds that romanizations of Arabic, Turkic and East Slavic names swap: Osama/Usama, Tofik/Tofig, Raqym/Rakhym."""
_FEMININE = re.compile(r"(?:[oe]v|in|sk)a(?:ia)?$")


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart. All words are folded Latin, "son of" endings cut off; the keys are their spelling keys.

    `given` and `surname` in reading order without articles, `patronymic` the East Slavic one or "", `child_of` the
    endings that were cut. `loose`: nothing said which end the surname is at; the western order is assumed.
    """

    given: tuple[str, ...]
    surname: tuple[str, ...]
    patronymic: str = ""
    child_of: tuple[str, ...] = ()
    loose: bool = True

    @property
    def words(self) -> tuple[str, ...]:
        """Given names, then surname."""
        return self.given + self.surname


def name_words(name: str) -> tuple[str, ...]:
    """The name's words, folded, without titles before it ("Dr.", "President") and suffixes after it ("Jr.").

    "Surname, Given" is turned round. A title is kept where nothing else is left, and one that is also a name ("Sultan",
    "King") where only one word would be left. Returns () for a text without letters.
    """
    return tuple(word for word, _ in _written_words(name))


def parse_name(name: str) -> Name:
    """The name taken apart. Order of family names: see `family_first`."""
    return _parse(name[:MAX_NAME])


def surname(name: str) -> str:
    """The folded surname with its particles' words joined by spaces ("van der berg"); a single word is a surname."""
    return " ".join(parse_name(name).surname)


def given(name: str) -> str:
    """The folded given names, initials included, joined by spaces; "" for a name of one word."""
    return " ".join(parse_name(name).given)


def spelling_key(name: str) -> str:
    """The name's words as spelling keys, given names first, joined by spaces; romanizations share it."""
    return " ".join(_keys(parse_name(name).words))


def family_first(words: Sequence[str], written: Sequence[str] = ()) -> bool | None:
    """Whether the family name stands first: True, False, or None where nothing marks it.

    Marked by capitals in `written` ("LI Wei", "Ilham TOHTI"), by a patronymic at the end ("Ivanov Ivan Petrovich"), or
    by a one-syllable family name of Chinese, Korean or Vietnamese followed by a given name of at most three syllables
    ("Zhang Xiao", "Kim Jong-un"). Hungarian order is only known where capitals mark it.
    """
    if len(words) < 2:
        return None
    capitals = [len(w) > 1 and w.isupper() and "." not in w for w in written]
    if capitals and capitals[0] != capitals[-1]:
        return capitals[0]
    if len(words) == 3 and is_patronymic(words[-1]) and not is_patronymic(words[1]):
        return True
    if words[0] in honorifics().family_first and len(words) <= 4 and all(_few_syllables(w) for w in words[1:]):
        return True
    return None


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


def may_be_one(a: str, b: str) -> bool:
    """Whether two full names have a word in common in any spelling, or look alike as a whole.

    The least that `is_short_form` and `same_spelling` ask for, and far cheaper: for long lists of names.
    """
    left, right = parse_name(a), parse_name(b)
    if any(_alike(x, y) >= SAME for x in left.words for y in right.words):
        return True
    return ratio("".join(_keys(left.words)), "".join(_keys(right.words))) >= 100 * ROUGHLY


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


def _written_words(name: str) -> list[tuple[str, str]]:
    """(folded word, word as written) after turning "Surname, Given" round and dropping titles and suffixes."""
    parts = [part.strip() for part in name[:MAX_NAME].split(",")]
    tails = [p for p in parts[1:] if p and latin(p) not in honorifics().suffixes]
    ordered = f"{tails[0]} {parts[0]}" if len(tails) == 1 else parts[0] if parts[0] else name
    pairs: list[tuple[str, str]] = []
    for written in _INNER.split(_ARTICLE_HYPHEN.sub(r"\1 ", ordered)):
        for piece in _INNER.split(_ARTICLE_HYPHEN.sub(r"\1 ", written)):
            folded = latin(piece).replace(" ", "") if "." not in piece.strip(".") else latin(piece)
            pairs.extend((word, piece) for word in folded.split())
    while len(pairs) > 1 and pairs[-1][0] in honorifics().suffixes:
        pairs.pop()
    while len(pairs) > 1 and pairs[0][0] in honorifics().titles and not pairs[0][1].isupper():
        if len(pairs) == 2 and pairs[0][0] in honorifics().doubtful:
            break
        pairs.pop(0)
    return pairs


@lru_cache(maxsize=65_536)
def _parse(name: str) -> Name:
    """`parse_name` of a bounded text."""
    pairs = _written_words(name)
    words = [word for word, _ in pairs]
    first = family_first(words, [written for _, written in pairs])
    patronymic = next((w for w in words[1:] if len(words) > 2 and is_patronymic(w)), "")
    cut = [without_child_of(word) for word in words]
    stems = [stem for word, (stem, _) in zip(words, cut, strict=True) if stem and word != patronymic] or words
    givens, family = (stems[1:], stems[:1]) if first else _western(stems)
    return Name(
        given=_without_articles(givens),
        surname=_without_articles(family),
        patronymic=patronymic,
        child_of=tuple(ending for _, ending in cut if ending),
        loose=first is None,
    )


def _western(words: list[str]) -> tuple[list[str], list[str]]:
    """Given names and surname of a name that ends with the surname; particles before it belong to it."""
    cut = len(words) - 1
    while cut > 1 and words[cut - 1] in honorifics().particles:
        cut -= 1
    return words[:cut], words[cut:]


def _without_articles(words: list[str]) -> tuple[str, ...]:
    """The words without the articles that spellings leave out, unless nothing else is there."""
    return tuple(w for w in words if w not in honorifics().articles) or tuple(words)


def _few_syllables(word: str) -> bool:
    """Whether the word could be a Chinese, Korean or Vietnamese given name: one to three such syllables, no more."""
    at = 0
    for _ in range(3):
        found = _SYLLABLE.match(word, at)
        if not found:
            return False
        at = found.end()
        if at == len(word):
            return len(word) <= 10
    return False


def _keys(words: Sequence[str]) -> tuple[str, ...]:
    """The words' spelling keys."""
    return tuple(word_key(word) for word in words)


@lru_cache(maxsize=131_072)
def _same_spelling(a: str, b: str) -> float:
    """`same_spelling` of an ordered pair."""
    left, right = parse_name(a), parse_name(b)
    if not left.words or not right.words:
        return 0.0
    if left.words == right.words and left.patronymic == right.patronymic:
        return 1.0
    if len(left.words) == 1 or len(right.words) == 1:
        return _as_a_whole(left, right)
    score = _by_parts(left, right)
    if left.loose or right.loose:
        swapped = Name(right.surname, right.given, right.patronymic, right.child_of)
        score = max(score, 0.97 * _by_parts(left, swapped), 0.97 * _as_a_whole(left, right))
    if left.patronymic and right.patronymic and _alike(left.patronymic, right.patronymic) < 0.8:
        score = min(score, 0.6)
    return score


def _as_a_whole(left: Name, right: Name) -> float:
    """All words as one, for names of one word and words written together or apart ("Jong Un", "Jongun")."""
    a, b = "".join(_keys(left.words)), "".join(_keys(right.words))
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
    left, right = word_key(a), word_key(b)
    return min(plain, 0.5) if left == right + "a" or right == left + "a" else plain


def _words_alike(a: Sequence[str], b: Sequence[str]) -> float:
    """Surnames by key, words joined; a word more on one side ("Díaz Canel", "Díaz") keeps most of the score."""
    whole = _alike("".join(a), "".join(b))
    if len(a) == len(b):
        return whole
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
