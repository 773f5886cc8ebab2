"""The two sides of a comparison: what is taken for true, and what is compared with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from khronika.facts.claims import Claim

Story = tuple[str, int]
"""A story's place: the page's file name, and its 1-based part where one page holds several."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """A claim as one side has it: with its own `id`, the id of its `event`, and the `story` that it is from."""

    claim: Claim
    id: str
    event: str
    story: Story


@dataclass(frozen=True, slots=True)
class Question:
    """Where was `person` on day `on`, as known on day `known` (None: with all that is known)?

    `state`: the accepted answers. `held`: whether that counts as custody; None where that is open.
    """

    person: str
    on: str
    state: tuple[str, ...]
    held: bool | None
    known: str | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One side: its claims, its stories (those without a claim too), and per person all written forms of the name."""

    annotations: tuple[Annotation, ...]
    stories: frozenset[Story]
    people: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Gold(Side):
    """The side that is taken for true, with its custody quiz and the folder it is from."""

    quiz: tuple[Question, ...] = ()
    folder: Path = Path()

    @property
    def pages(self) -> Path | None:
        """Where the annotated pages lie by default: `stories` beside the gold folder, if there is one."""
        beside = self.folder.resolve().parent / "stories"
        return beside if beside.is_dir() else None

    @property
    def manifest(self) -> Path | None:
        """Their manifest: `manifest.csv` beside the gold folder, if there is one."""
        beside = self.folder.resolve().parent / "manifest.csv"
        return beside if beside.is_file() else None
