"""What one room needs of another, as protocols; `flow` hands the parts over."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol

from khronika.facts.claims import Claim, Mention, Reading, Relation
from khronika.facts.documents import Document
from khronika.facts.events import Event, Interval, Person
from khronika.facts.second import SecondReading

Progress = Callable[[int, int | None], None]
"""Called with (done, total or None) while work goes on; rooms never print."""


class Reader(Protocol):
    """Turns a story into claims. `name` says which reader and version: it is stored with each claim."""

    @property
    def name(self) -> str:
        """Name and version, as stored with each claim."""
        ...

    def read(self, document: Document) -> Reading:
        """All claims, relations and mentions of the document. Raises ReadError."""
        ...


class SecondReader(Protocol):
    """Proposes claims beside those of the reader; `name` says which reader, version and model."""

    @property
    def name(self) -> str:
        """Name and version, as stored with each proposal."""
        ...

    def consult(self, documents: Sequence[Document]) -> tuple[SecondReading, ...]:
        """What it says of each document, in their order. Raises nothing for what goes wrong with one of them."""
        ...


class RecordView(Protocol):
    """Read access to the append-only part of a record, for linking."""

    def documents(self) -> Iterator[Document]:
        """Every document, in order of arrival."""
        ...

    def claims(self) -> Iterator[Claim]:
        """Every claim in force."""
        ...

    def mentions(self) -> Iterator[Mention]:
        """Every mention."""
        ...

    def relations(self) -> Iterator[Relation]:
        """Every relation."""
        ...


class ExportView(RecordView, Protocol):
    """Read access to a whole record, with what was derived, for publishing."""

    def people(self) -> Iterator[Person]:
        """Every person, by id."""
        ...

    def organizations(self) -> Iterator[Person]:
        """Every organization, by id."""
        ...

    def events(self) -> Iterator[Event]:
        """Every event, by id."""
        ...

    def claim_events(self) -> Mapping[str, str]:
        """Claim id → event id."""
        ...

    def names(self) -> Mapping[tuple[str, str], str]:
        """(Document id, name as in the claim) → person or organization id."""
        ...

    def copies(self) -> Mapping[str, str]:
        """Document id → id of the document that it copies."""
        ...

    def custody(self) -> Mapping[str, Sequence[Interval]]:
        """Person id → custody intervals, with all that is known."""
        ...
