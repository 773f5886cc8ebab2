"""What the reading did, step by step, for whoever asks why: filled by the steps themselves, absent otherwise.

`khronika explain` shows it. A reading without a trace costs nothing more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from khronika.facts.claims import Claim
from khronika.read.cast import Cast, Character
from khronika.read.draft import Draft
from khronika.read.fire import Fired
from khronika.read.lexicon import Lexicon
from khronika.read.roles import Roles
from khronika.read.syntax import Tree
from khronika.read.voice import Heard
from khronika.read.when import Moment
from khronika.read.who import Who


@dataclass(frozen=True, slots=True)
class Filled:
    """The roles of a frame that fired: the nouns that the tree gives, and who they are in the story."""

    roles: Roles
    targets: tuple[Who, ...]
    actors: tuple[Who, ...]


@dataclass(frozen=True, slots=True)
class Stopped:
    """A frame that fired and became no claim. `step`: where it was stopped; `who`: what stood in the role, if any."""

    fired: Fired
    step: str
    who: tuple[Who, ...] = ()


@dataclass(slots=True)
class Line:
    """One sentence while it is read.

    `number`: which; `opened`: the gate let it through; `question`: it asks, and claims nothing; `context`: words that a
    frame's `near` may stand among; `steps`: the frames whose words match, those of them that vetoes and company left,
    those of them whose doer can do it; `fired`: those left when the richer frame has won; `heard`, by trigger: the
    climb from it; `filled`, by trigger: the roles; `stopped`: frames that fired and became no claim; `moments`: the
    sentence's times.
    """

    tree: Tree
    number: int
    opened: bool = True
    question: bool = False
    context: frozenset[str] = frozenset()
    steps: list[list[Fired]] = field(default_factory=list)
    fired: list[Fired] = field(default_factory=list)
    heard: dict[int, list[Heard]] = field(default_factory=dict)
    filled: dict[int, Filled] = field(default_factory=dict)
    stopped: list[Stopped] = field(default_factory=list)
    moments: list[Moment] = field(default_factory=list)

    def stop(self, fired: Fired, step: str, who: Sequence[Who] = ()) -> None:
        """A fired frame ends here."""
        self.stopped.append(Stopped(fired, step, tuple(who)))

    def keep(self, before: list[tuple[Fired, Draft]], after: list[tuple[Fired, Draft]], step: str) -> None:
        """Those of `before` that `after` lacks end here."""
        left = {id(draft) for _, draft in after}
        for fired, draft in before:
            if id(draft) not in left:
                self.stop(fired, step)


@dataclass(slots=True)
class Trace:
    """One reading. `drafts`: as the sentences gave them; `settled`: as the story as a whole left them, with the claim
    that each became; `cast`: who is named in it."""

    lexicon: Lexicon | None = None
    lines: dict[int, Line] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)
    settled: list[tuple[Draft, Claim]] = field(default_factory=list)
    cast: Cast | None = None

    def named(self, token: int) -> Character | None:
        """Whom or what the name at a token means in the story."""
        return self.cast.at(token) if self.cast else None

    def line(self, tree: Tree, number: int, opened: bool, context: frozenset[str]) -> Line:
        """Begins a sentence."""
        return self.lines.setdefault(number, Line(tree, number, opened, context=context))

    def keep(self, drafts: list[Draft]) -> None:
        """Keeps the drafts as they are before they lend each other names and dates."""
        self.drafts = [
            replace(d, targets=list(d.targets), actors=list(d.actors), penalties=list(d.penalties)) for d in drafts
        ]
