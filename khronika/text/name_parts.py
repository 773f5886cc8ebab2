"""Names of people taken apart: titles off, words folded to Latin, given names, surname, patronymic.

Tables: `honorifics.toml`, `romanization.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from khronika.text.name_tables import honorifics
from khronika.text.romanization import is_patronymic, latin, without_child_of, word_key
from khronika.text.scripts import is_syllabic, is_unvowelled, spelled_out

MAX_NAME = 200
"""Code points of a name that are looked at; nobody's name is longer in news text, but input from outside may be."""

_INNER = re.compile(r"[\s ]+")
_ARTICLE_HYPHEN = re.compile(r"^(al|el|ul|ad|ash|as|ar|at|az|an)[-‐‑–]", re.IGNORECASE)
_ARTICLE_FIRST = re.compile(r"\s*(?:(?:al|ad|ash|as|ar|at|az|an|ul)[-‐‑–]|el[-‐‑–\s])", re.IGNORECASE)
"""An Arabic article that begins a name; "Al" apart may be a given name ("Al Gore")."""
_SYLLABLE = re.compile(
    r"(?:zh|ch|sh|ng|nh|kh|ph|th|gh|tr|qu|kk|tt|pp|[bcdfghjklmnpqrstvwxyz])?[aeiouy]{1,3}(?:ng|nh|ch|[nklmptrg])?"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart. All words are folded Latin, "son of" endings cut off; the keys are their spelling keys.

    `given` and `surname` in reading order without articles, `patronymic` the East Slavic one or "", `child_of` the
    endings that were cut. `father`: the word after "bin", "ben", "ibn", which stays in its place too. `loose`: nothing
    said which end the surname is at; the western order is assumed. `unvowelled`: written without its short vowels.
    """

    given: tuple[str, ...]
    surname: tuple[str, ...]
    patronymic: str = ""
    child_of: tuple[str, ...] = ()
    loose: bool = True
    father: str = ""
    unvowelled: bool = False

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
    return " ".join(keys_of(parse_name(name).words))


def family_first(words: Sequence[str], written: Sequence[str] = ()) -> bool | None:
    """Whether the family name stands first: True, False, or None where nothing marks it.

    Marked by capitals in `written` ("LI Wei", "Ilham TOHTI"), by a patronymic at the end ("Ivanov Ivan Petrovich"),
    or by a one-syllable family name of Chinese, Korean or Vietnamese followed by a given name of at most three
    syllables ("Zhang Xiao", "Kim Jong-un"), or by being one word of Chinese or Korean script. Hungarian order is only
    known where capitals mark it.
    """
    if len(words) < 2:
        return None
    capitals = [len(w) > 1 and w.isupper() and "." not in w for w in written]
    if capitals and capitals[0] != capitals[-1]:
        return capitals[0]
    if len(words) > 1 and len(set(written)) == 1 and is_syllabic(written[0]):
        return True
    if len(words) == 3 and is_patronymic(words[-1]) and not is_patronymic(words[1]):
        return True
    if words[0] in honorifics().family_first and len(words) <= 4 and all(_few_syllables(w) for w in words[1:]):
        return True
    return None


def keys_of(words: Sequence[str]) -> tuple[str, ...]:
    """The words' spelling keys."""
    return tuple(word_key(word) for word in words)


def _written_words(name: str) -> list[tuple[str, str]]:
    """(folded word, word as written) after turning "Surname, Given" round and dropping titles and suffixes."""
    parts = [part.strip() for part in name[:MAX_NAME].split(",")]
    tails = [p for p in parts[1:] if p and latin(p) not in honorifics().suffixes]
    ordered = f"{tails[0]} {parts[0]}" if len(tails) == 1 else parts[0] if parts[0] else name
    pairs: list[tuple[str, str]] = []
    for written in _INNER.split(_ARTICLE_HYPHEN.sub(r"\1 ", ordered)):
        for piece in _INNER.split(_ARTICLE_HYPHEN.sub(r"\1 ", written)):
            for word in spelled_out(piece):
                folded = latin(word).replace(" ", "") if "." not in word.strip(".") else latin(word)
                pairs.extend((part, piece) for part in folded.split())
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
    if _ARTICLE_FIRST.match(name) and len(stems) > 1:
        stems = stems[1:]  # "al-Amiri": a surname alone
    givens, family = (stems[1:], stems[:1]) if first and len(stems) > 1 else _western(stems)
    nasab = [i for i, word in enumerate(words[1:-1], 1) if word in honorifics().child_of_words]
    return Name(
        given=_without_articles(givens),
        surname=_without_articles(family),
        patronymic=patronymic,
        child_of=tuple(ending for _, ending in cut if ending),
        loose=first is None,
        father=words[nasab[0] + 1] if nasab else "",
        unvowelled=is_unvowelled(name),
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


def is_syllable(word: str) -> bool:
    """Whether the word is one syllable of a Chinese, Korean or Vietnamese name."""
    found = _SYLLABLE.match(word)
    return found is not None and found.end() == len(word)


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
