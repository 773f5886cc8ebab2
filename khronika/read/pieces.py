"""Words → wordpiece ids and case shapes, the encoder's input.

The encoder was pretrained on lower-cased text, so what capital letters say ("Black" the name, "black" the colour)
reaches it as a second embedding: the shape of the word, one of nine, doubled for pieces that continue a word.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

__all__ = ["NEUTRAL", "SHAPES", "Encoded", "Pieces", "shape"]

SHAPES = 9
NEUTRAL = 6
"""The shape of a word without letters, and of padding."""
_MAX_PIECES = 12
_MAX_CHARS = 64
_CACHE = 50_000
_PLAIN = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'"})


class Encoded(NamedTuple):
    """A window's input: wordpiece ids and shapes with the [CLS] and [SEP] marks, and each word's first piece."""

    ids: list[int]
    shapes: list[int]
    first: list[int]


def shape(word: str) -> int:
    """Which of nine ways a word is written: 0 lower, 1 Title, 2 UPPER, 3 mIxed, 4 digits, 5 digits and letters,
    6 no letter, 7 one capital, 8 MixedTitle."""
    if word.islower():
        return 5 if any(c.isdigit() for c in word) else 0
    letters = any(c.isalpha() for c in word)
    if any(c.isdigit() for c in word):
        return 5 if letters else 4
    if not letters:
        return 6
    if word.isupper():
        return 2 if len(word) > 1 else 7
    if word[0].isupper():
        return 1 if word[1:].islower() else 8
    return 3


class Pieces:
    """Cuts words into the base model's wordpieces; remembers the words it has seen."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        """Args: vocabulary: wordpieces in the order of their ids, as in the base model's vocab.txt."""
        ids = {piece: i for i, piece in enumerate(vocabulary)}
        self._tokenizer = Tokenizer(WordPiece(ids, unk_token="[UNK]", max_input_chars_per_word=100))
        self._tokenizer.normalizer = BertNormalizer(lowercase=True)
        self._tokenizer.pre_tokenizer = BertPreTokenizer()
        self._cls, self._sep, self._unk = ids["[CLS]"], ids["[SEP]"], ids["[UNK]"]
        self._seen: dict[str, tuple[list[int], list[int]]] = {}

    def word(self, word: str) -> tuple[list[int], list[int]]:
        """Wordpiece ids and shapes of one word; a word past 64 characters counts by its first 64, past 12 pieces by
        its first 12."""
        known = self._seen.get(word)
        if known is None:
            if len(self._seen) >= _CACHE:
                self._seen.clear()
            start = word[:_MAX_CHARS]
            if not start.isascii():  # half a surrogate pair is no character
                start = start.encode("utf-8", "replace").decode("utf-8")
            ids = self._tokenizer.encode(start.translate(_PLAIN), add_special_tokens=False).ids[:_MAX_PIECES]
            ids = ids or [self._unk]
            kind = shape(start)
            known = (ids, [kind] + [kind + SHAPES] * (len(ids) - 1))
            if len(word) <= _MAX_CHARS:
                self._seen[word] = known
        return known

    def encode(self, words: Sequence[str]) -> Encoded:
        """The encoder's input for a window of words."""
        ids, shapes, first = [self._cls], [NEUTRAL], []
        for word in words:
            pieces, kinds = self.word(word)
            first.append(len(ids))
            ids += pieces
            shapes += kinds
        ids.append(self._sep)
        shapes.append(NEUTRAL)
        return Encoded(ids, shapes, first)
