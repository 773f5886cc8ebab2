"""A story as it is sent, and the way back from words of an answer to the document's own characters."""

from __future__ import annotations

import re
from dataclasses import dataclass

from khronika.facts.documents import READ_KINDS, Document

GAP = "\n\n"
_SIGNS = {"<": "‹", ">": "›", "|": "¦"}
"""Signs that chat templates build their markers of ("<|im_start|>", "</s>"): no story may hold one. Each is replaced by
one sign, so that places in the text stay the same."""
_SIGNS |= {chr(c): " " for c in (*range(9), *range(11, 32), 127)}
_SIGNS |= {chr(c): "\ufffd" for c in range(0xD800, 0xE000)}
_TABLE = str.maketrans(_SIGNS)
_INST = re.compile(r"\[(/?INST)\]", re.IGNORECASE)


def shield(text: str) -> str:
    """The text, of the same length, without control characters and what a chat template could take for its own."""
    return _INST.sub(r"(\1)", text.translate(_TABLE))


@dataclass(frozen=True, slots=True)
class Passages:
    """What is read of a document: each block that is story, as (start in the document, shielded text)."""

    document: Document
    blocks: tuple[tuple[int, str], ...]

    @property
    def text(self) -> str:
        """The blocks, apart by an empty line: what is sent."""
        return GAP.join(text for _, text in self.blocks)

    def find(self, words: str, whole: bool = False) -> tuple[int, int] | None:
        """Where the words stand first, letter by letter, inside one block; None where they do not.

        Code points in the document's text. `whole`: only as whole words ("Ana" is not in "Anatoly").
        """
        wanted = shield(words).strip()
        if not wanted:
            return None
        pattern = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)") if whole else None
        for start, text in self.blocks:
            found = pattern.search(text) if pattern else None
            at = found.start() if found else (-1 if whole else text.find(wanted))
            if at >= 0:
                return start + at, start + at + len(wanted)
        return None

    def words(self, words: str) -> str | None:
        """The words as the document has them, if it has them as whole words."""
        span = self.find(words, whole=True)
        return self.document.text[span[0] : span[1]] if span else None


def passages_of(document: Document) -> Passages:
    """What of the document is read: titles, paragraphs, captions, each once; no notice, byline or credit."""
    seen: set[str] = set()
    blocks = []
    for block in document.blocks:
        text = document.text[block.start : block.end]
        if block.kind in READ_KINDS and text.strip() and text not in seen:
            seen.add(text)
            blocks.append((block.start, shield(text)))
    return Passages(document, tuple(blocks))
