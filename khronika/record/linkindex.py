"""What linking asks of a record, from its tables: see `khronika.facts.contracts.LinkIndex`.

Rows that arrived are read once for a run of linking and kept as long as it lasts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeVar

from khronika.facts.claims import Claim, Mention, Relation
from khronika.facts.decisions import InForce
from khronika.facts.documents import Document
from khronika.facts.events import Event, Person, Wording
from khronika.record import book, rows
from khronika.record.tables import present, select

T = TypeVar("T")

ARRIVED = frozenset({"document", "claim", "mention", "relation"})
"""Tables of what arrived; the others are derived."""

WORDING = ("key", "body", "organization", "uses", "first")
"""The columns of a wording, in the order of its fields."""


class LinkIndex:
    """An index over the tables of the record behind `alias`.

    `state`: the decisions in force, those of now unless given; `redecided`: the documents that were linked by the other
    decisions `before`; `blank`: as if nothing were linked yet.
    """

    def __init__(
        self,
        alias: str,
        state: InForce | None = None,
        redecided: Collection[str] = (),
        before: InForce | None = None,
        blank: bool = False,
    ) -> None:
        self._alias = alias
        self._blank = blank
        self._state = state or book.now(alias)
        self._placed: InForce | None = None
        self._redecided = frozenset(redecided)
        self._before = LinkIndex(alias, before) if before and redecided else None
        self._documents: dict[str, Document | None] = {}
        self._ids: dict[int, str] = {}
        self._claims: dict[str, list[Claim]] = {}
        self._mentions: dict[str, list[Mention]] = {}
        self._relations: dict[str, list[Relation]] = {}

    # --- what arrived

    def documents_by_id(self, documents: Collection[str]) -> Mapping[str, Document]:
        """Those documents that the record has."""
        missing = [d for d in documents if d not in self._documents]
        self._documents.update(dict.fromkeys(missing))
        for key, body in self._found("document", "key", missing, "key", "body"):
            self._documents[key] = rows.document_from_row(rows.load(body))
        return {d: row for d in documents if (row := self._documents[d])}

    def claims_of(self, documents: Collection[str]) -> Mapping[str, Sequence[Claim]]:
        """The claims of each document that has some, as they stand by people's decisions."""
        missing = [d for d in documents if d not in self._claims]
        self._claims.update({d: [] for d in missing})
        found = book.as_read(self._alias, missing)
        for claim in book.decided(self._alias, (c for of_it in found.values() for c in of_it), state=self._state):
            self._claims[claim.document].append(claim)
        return {d: self._claims[d] for d in documents if self._claims[d]}

    def claims_as_read(self, documents: Collection[str]) -> Mapping[str, Sequence[Claim]]:
        """The claims of each document that has some, whatever people decided of them."""
        if self._state.by_document.keys().isdisjoint(documents):
            return self.claims_of(documents)
        return book.as_read(self._alias, documents)

    # --- what people decided

    def decided(self) -> InForce:
        """What people decided, by the ids and names that are read now."""
        if self._placed is None:
            self._placed = book.by_what_is_read(self._alias, self._state)
        return self._placed

    def redecided(self) -> frozenset[str]:
        """The documents linked before about which people have decided otherwise since."""
        return self._redecided

    def before(self) -> LinkIndex | None:
        """The index as it was before that."""
        return self._before

    # --- names

    def mentions_of(self, documents: Collection[str]) -> Mapping[str, Sequence[Mention]]:
        """The mentions of each document that has some, those among them that corrections brought in."""
        missing = [d for d in documents if d not in self._mentions]
        self._mentions.update({d: [] for d in missing})
        for mention in book.mentions(self._alias, missing, self._state):
            self._mentions[mention.document].append(mention)
        return {d: self._mentions[d] for d in documents if self._mentions[d]}

    def relations_of(self, documents: Collection[str]) -> Mapping[str, Sequence[Relation]]:
        """The relations of each document that has some."""
        return self._of_documents("relation", self._relations, documents, rows.relation_from_row)

    # --- what was derived

    def with_keys(self, keys: Collection[int]) -> Mapping[int, Collection[str]]:
        """The linked documents that have each key."""
        pairs = self._found("key", "number", keys, "number", "document")
        unknown = {seq for _, seq in pairs} - self._ids.keys()
        self._ids.update(self._found("document", "seq", unknown, "seq", "key"))
        found: dict[int, list[str]] = defaultdict(list)
        for number, seq in pairs:
            found[number].append(self._ids[seq])
        return found

    def keys_known(self, keys: Collection[int]) -> Collection[int]:
        """Those of the keys that any linked document has, however many have them."""
        return () if self._blank else present(self._alias, "key", "number", sorted(keys))

    def originals_of(self, documents: Collection[str]) -> Mapping[str, str]:
        """Of copies among the documents, the document that each copies."""
        return dict(self._found("copy", "a", documents, "a", "b"))

    def names_in(self, documents: Collection[str]) -> Collection[tuple[tuple[str, str], str]]:
        """((Document, name as written), person or organization) for these documents."""
        found = self._found("name_entity", "a", documents, "a", "name", "b")
        return [((document, name), who) for document, name, who in found]

    def told_in(self, documents: Collection[str]) -> Mapping[str, Sequence[str]]:
        """The happenings that each document tells of, as linking wrote them."""
        found: dict[str, list[str]] = defaultdict(list)
        for document, body in self._found("told", "document", documents, "document", "body"):
            found[document].append(body)
        return found

    def events_with(self, claims: Collection[str]) -> Mapping[str, Event]:
        """The events that rest on any of these claims, by id."""
        ids = {event for (event,) in self._found("claim_event", "a", claims, "b")}
        found = self._found("event", "key", ids, "key", "body")
        return {key: rows.event_from_row(rows.load(body)) for key, body in found}

    def entities(self, ids: Collection[str]) -> Mapping[str, Person]:
        """The people and organizations of these ids, by id."""
        tables = (("person", "p"), ("organization", "o"))
        asked = ((table, [i for i in ids if i.startswith(letter)]) for table, letter in tables)
        found = [row for table, some in asked for row in self._found(table, "key", some, "key", "body")]
        return {key: rows.person_from_row(rows.load(body)) for key, body in found}

    def wordings(self, ids: Collection[str]) -> Mapping[str, Wording]:
        """Those of these wordings that linked documents use, by id."""
        return {w.id: w for w in self._wordings("key", ids)}

    def wordings_with(self, keys: Collection[int]) -> Collection[Wording]:
        """The wordings that have any of the keys."""
        return self._wordings("key", {w for (w,) in self._found("wording_key", "number", keys, "wording")})

    def wordings_of(self, organizations: Collection[str]) -> Collection[Wording]:
        """The wordings that stand for any of the organizations."""
        return self._wordings("organization", organizations)

    def documents_naming(self, ids: Collection[str]) -> Collection[str]:
        """The linked documents in which a name is that of any of these people or organizations."""
        return {document for (document,) in self._found("name_entity", "b", ids, "a")}

    def _wordings(self, column: str, values: Collection[str]) -> list[Wording]:
        """The wordings whose `column` has one of the values."""
        return [Wording(*row) for row in self._found("wording", column, values, *WORDING)]

    # --- rows

    def _found(self, table: str, column: str, values: Collection[Any], *wanted: str) -> list[tuple[Any, ...]]:
        """Columns of the rows whose `column` has one of the values; asked in order, so that one page of the index after
        the other is read."""
        if self._blank and table not in ARRIVED:
            return []
        return select(self._alias, table, wanted, column, sorted(values))

    def _of_documents(
        self, table: str, known: dict[str, list[T]], documents: Collection[str], value_of: Callable[[Any], T]
    ) -> dict[str, list[T]]:
        """The values in the rows of documents, in order of arrival; documents without any are left out."""
        missing = [d for d in documents if d not in known]
        known.update({d: [] for d in missing})
        for document, body in self._found(table, "document", missing, "document", "body"):
            known[document].append(value_of(rows.load(body)))
        return {d: known[d] for d in documents if known[d]}
