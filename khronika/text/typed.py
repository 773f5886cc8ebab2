"""From a name as a person types it to the words of names that it may mean, out of all words that there are.

`names.matches` says how well one typed name fits one name; over tens of thousands of names that takes seconds. Here the
words of all names are narrowed first: no name that `matches` would take is lost (tested), and few others are left.
"""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from khronika.text.name_parts import MAX_NAME, name_words, parse_name
from khronika.text.name_tables import given_groups
from khronika.text.romanization import without_child_of, word_key

CLOSE = 60
"""Likeness of spelling keys, in percent, under which `matches` takes no word for another: it asks for 80 in the mean of
two likenesses, of which none is above 100."""


def typed_words(name: str) -> frozenset[str]:
    """The words of a name of the record under which it is looked up: as written and as compared."""
    found = parse_name(name)
    words = {*found.words, found.patronymic, *name_words(name[:MAX_NAME])}
    return frozenset(word for word in words if word)


def fitting(typed: str, words: Sequence[str]) -> list[frozenset[str]]:
    """For each word of the typed name those of `words` that it may mean; a name that fits has one of each."""
    keys = [word_key(word) for word in words]
    return [_fitting(word, words, keys) for word in name_words(typed[:MAX_NAME])]


def _fitting(typed: str, words: Sequence[str], keys: Sequence[str]) -> frozenset[str]:
    """The words that one typed word may mean: close in spelling, begun by it, an initial, a known equivalent."""
    found: set[str] = set()
    for one in {typed, without_child_of(typed)[0] or typed}:
        key = word_key(one)
        close = process.extract(key, keys, scorer=ratio, score_cutoff=CLOSE, limit=None)
        found.update(words[at] for _, _, at in close)
        known = given_groups().get(key, frozenset())
        for word, other in zip(words, keys, strict=True):
            begun = word.startswith(one) or other.startswith(key)
            initial = (len(word) == 1 or len(one) == 1) and key[:1] == other[:1]
            if begun or initial or (known and known & given_groups().get(other, frozenset())):
                found.add(word)
    return frozenset(found)
