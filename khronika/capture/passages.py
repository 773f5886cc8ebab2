"""A paragraph on its way to becoming a block."""

from __future__ import annotations

from dataclasses import dataclass

from khronika.capture.cues import bare, fold
from khronika.facts.documents import BlockKind

_STOPS = (".", "!", "?", "…")
_CLOSERS = "\"'”’)]»"


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, one line, cleaned. `kind` where the page's mark-up already says it; `indent` in spaces and `bullet`
    as a text page shows them."""

    text: str
    kind: BlockKind | None = None
    indent: int = 0
    bullet: bool = False

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())

    @property
    def key(self) -> str:
        """For comparing paragraphs: case, kind of quotation mark and punctuation at the ends do not count."""
        return bare(self.text) or fold(self.text)

    @property
    def stops(self) -> bool:
        """Whether it ends as a sentence does."""
        return self.text.rstrip(_CLOSERS).endswith(_STOPS)

    @property
    def is_sentence(self) -> bool:
        """Whether it reads as running text: it stops and is not a mere phrase, or is too long to be a title."""
        return (self.stops and self.words >= 8) or self.words > 30
