"""A claim in the making: what one fired frame says, before the story as a whole has been heard."""

from __future__ import annotations

from dataclasses import dataclass, field

from khronika.facts.claims import Claim, Count, Figure, Penalty, Status
from khronika.facts.documents import Document
from khronika.read.lexicon import Frame
from khronika.read.who import Who


@dataclass(slots=True, eq=False)
class Draft:
    """One claim before settling. `order`: the sentence's number in the story; `title`: it stands in a headline, caption
    or lead, where people are described before they are named; `tentative`: a noun without its person ("the arrest"),
    `plural`: several of them ("arrests"); `headless`: a headline that drops its
    subject ("Held for another's post"); `background`: what went before the story's own day; `firm`: the
    sentence names the place itself, not only a land; `fallback`: where it was if the story names no place for it;
    `land`: the country of its place or fallback; `prison`: where the story says people are held;
    `astray`: told of another day than the story's, which plays in one town: where it was is not known;
    `signs`: what the sentence shows that makes the reading surer or less sure."""

    frame: Frame
    type: str
    order: int
    span: tuple[int, int]
    trigger: tuple[int, int]
    token: int
    subtype: str | None = None
    targets: list[Who] = field(default_factory=list)
    actors: list[Who] = field(default_factory=list)
    place: tuple[str, ...] = ()
    date: str | None = None
    status: Status = Status.HAPPENED
    hedged: bool = False
    speaker: str | None = None
    penalties: list[Penalty] = field(default_factory=list)
    charge: str | None = None
    charge_tokens: tuple[int, int] | None = None
    duration: str | None = None
    list: str | None = None
    figure: Figure | None = None
    title: bool = False
    background: bool = False
    tentative: bool = False
    plural: bool = False
    headless: bool = False
    firm: bool = False
    fallback: tuple[str, ...] = ()
    land: tuple[str, ...] = ()
    prison: tuple[str, ...] = ()
    astray: bool = False
    signs: frozenset[str] = frozenset()

    @property
    def names(self) -> tuple[str, ...]:
        """The named targets."""
        return tuple(dict.fromkeys(n for w in self.targets for n in w.names))

    @property
    def people(self) -> tuple[str, ...]:
        """Whom it concerns: the named targets, of what people do themselves the named actors."""
        return self.names or (
            tuple(dict.fromkeys(n for w in self.actors for n in w.names)) if self.frame.shape == "acts" else ()
        )

    @property
    def sure(self) -> float:
        """How sure it is whom the claim concerns: the weakest link from words to names among the targets."""
        return min((w.sure for w in self.targets if w.names), default=1.0)

    @property
    def group(self) -> Who | None:
        """The described, unnamed target, if there is one."""
        return next((w for w in self.targets if not w.names and w.kind in {"people", "body", "thing"}), None)

    @property
    def count(self) -> Count | None:
        """The count of the described group among the targets (of the actors, for what people do)."""
        groups = [w for w in self.targets if not w.names and w.count is not None]
        if not groups and (self.frame.shape == "acts" or not self.targets):
            groups = [w for w in self.actors if not w.names and w.count is not None and not w.single]
        return groups[0].count if groups else None


def finish(draft: Draft, document: Document, reader: str, confidence: float | None = None) -> Claim:
    """The draft as a claim of `document`, with the sentence verbatim."""
    start, end = draft.span
    group = draft.group
    if group is None and draft.frame.shape == "acts":
        group = next((w for w in draft.actors if not w.names), None)
    return Claim(
        document=document.id,
        source=document.source,
        start=start,
        end=end,
        quote=document.text[start:end],
        type=draft.type,
        reader=reader,
        rule=draft.frame.id,
        trigger=draft.trigger,
        subtype=draft.subtype,
        targets=draft.names,
        actors=tuple(dict.fromkeys(w.label for w in draft.actors if w.label)),
        count=draft.count,
        group=group.text if group and group.text else None,
        place=draft.place,
        date=draft.date,
        status=draft.status,
        hedged=draft.hedged,
        speaker=draft.speaker,
        penalties=tuple(draft.penalties),
        charge=draft.charge,
        duration=draft.duration,
        list=draft.list,
        figure=draft.figure,
        confidence=confidence,
    )
