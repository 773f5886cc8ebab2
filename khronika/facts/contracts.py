"""What one room needs of another, as protocols; `flow` hands the parts over."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Protocol

from khronika.facts.claims import Claim, Mention, Reading, Relation
from khronika.facts.decisions import InForce
from khronika.facts.documents import Document
from khronika.facts.events import Changes, Event, Interval, Person, Wording
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


class LinkIndex(Protocol):
    """What linking asks of a record so that a new story is compared with its like alone. Ids are of documents.

    What arrived is there for every document asked; what was derived only for those that were linked before.
    """

    def documents_by_id(self, documents: Collection[str]) -> Mapping[str, Document]:
        """Those documents that the record has."""
        ...

    def claims_of(self, documents: Collection[str]) -> Mapping[str, Sequence[Claim]]:
        """The claims of each document that has some, as they stand by people's decisions."""
        ...

    def mentions_of(self, documents: Collection[str]) -> Mapping[str, Sequence[Mention]]:
        """The mentions of each document that has some."""
        ...

    def relations_of(self, documents: Collection[str]) -> Mapping[str, Sequence[Relation]]:
        """The relations of each document that has some."""
        ...

    def with_keys(self, keys: Collection[int]) -> Mapping[int, Collection[str]]:
        """The linked documents that have each key; keys without any may be left out."""
        ...

    def keys_known(self, keys: Collection[int]) -> Collection[int]:
        """Those of the keys that any linked document has, however many have them."""
        ...

    def originals_of(self, documents: Collection[str]) -> Mapping[str, str]:
        """Of copies among the documents, the document that each copies."""
        ...

    def names_in(self, documents: Collection[str]) -> Collection[tuple[tuple[str, str], str]]:
        """((Document, name as written), person or organization) for these documents; a name may be of one of each."""
        ...

    def told_in(self, documents: Collection[str]) -> Mapping[str, Sequence[str]]:
        """The happenings that each document tells of, as `Changes.told` gave them."""
        ...

    def events_with(self, claims: Collection[str]) -> Mapping[str, Event]:
        """The events that rest on any of these claims, by id."""
        ...

    def claims_as_read(self, documents: Collection[str]) -> Mapping[str, Sequence[Claim]]:
        """The claims of each document that has some, whatever people decided of them."""
        ...

    def decided(self) -> InForce:
        """What people decided: which mentions and claims are one, and which are not."""
        ...

    def redecided(self) -> Collection[str]:
        """Documents linked before, whose claims or names people have decided otherwise about since."""
        ...

    def before(self) -> LinkIndex | None:
        """The index as it was before those decisions; None where there are no such documents."""
        ...

    def entities(self, ids: Collection[str]) -> Mapping[str, Person]:
        """The people and organizations of these ids, by id, as linking gave them."""
        ...

    def wordings(self, ids: Collection[str]) -> Mapping[str, Wording]:
        """Those of these wordings that linked documents use, by id."""
        ...

    def wordings_with(self, keys: Collection[int]) -> Collection[Wording]:
        """The wordings that have any of the keys."""
        ...

    def wordings_of(self, organizations: Collection[str]) -> Collection[Wording]:
        """The wordings that stand for any of the organizations."""
        ...

    def documents_naming(self, ids: Collection[str]) -> Collection[str]:
        """The linked documents in which a name is that of any of these people or organizations."""
        ...


Linker = Callable[[LinkIndex, Collection[str]], Changes]
"""From a record's index and the ids of documents that are not linked yet to what they change."""


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
