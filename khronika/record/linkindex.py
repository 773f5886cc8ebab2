"""What linking asks of a record, from its tables: see `khronika.facts.contracts.LinkIndex`.

Rows that arrived are read once for a run of linking and kept as long as it lasts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeVar

from khronika.facts.claims import Claim, Mention, Relation, claim_from_json
from khronika.facts.documents import Document
from khronika.facts.events import Event, Person
from khronika.record import rows
from khronika.record.rows import chunks

T = TypeVar("T")


class LinkIndex:
    """An index over the tables of the record behind `alias`."""

    def __init__(self, alias: str) -> None:
        self._alias = alias
        self._documents: dict[str, Document | None] = {}
        self._claims: dict[str, list[Claim]] = {}
        self._mentions: dict[str, list[Mention]] = {}
        self._relations: dict[str, list[Relation]] = {}

    # --- what arrived

    def documents_by_id(self, documents: Collection[str]) -> Mapping[str, Document]:
        """Those documents that the record has."""
        from khronika.record.models import Document as Row

        missing = [d for d in documents if d not in self._documents]
        self._documents.update(dict.fromkeys(missing))
        for key, body in self._found(Row, "key", missing, "key", "body"):
            self._documents[key] = rows.document_from_row(rows.load(body))
        return {d: row for d in documents if (row := self._documents[d])}

    def claims_of(self, documents: Collection[str]) -> Mapping[str, Sequence[Claim]]:
        """The claims of each document that has some."""
        from khronika.record.models import Claim as Row

        return self._of_documents(Row, self._claims, documents, claim_from_json)

    def mentions_of(self, documents: Collection[str]) -> Mapping[str, Sequence[Mention]]:
        """The mentions of each document that has some."""
        from khronika.record.models import Mention as Row

        return self._of_documents(Row, self._mentions, documents, rows.mention_from_row)

    def relations_of(self, documents: Collection[str]) -> Mapping[str, Sequence[Relation]]:
        """The relations of each document that has some."""
        from khronika.record.models import Relation as Row

        return self._of_documents(Row, self._relations, documents, rows.relation_from_row)

    # --- what was derived

    def with_keys(self, keys: Collection[int]) -> Mapping[int, Collection[str]]:
        """The linked documents that have each key."""
        from khronika.record.models import Document as Row
        from khronika.record.models import Key

        pairs = [*self._found(Key, "number", [*keys], "number", "document")]
        ids = dict(self._found(Row, "seq", sorted({seq for _, seq in pairs}), "seq", "key"))
        found: dict[int, list[str]] = defaultdict(list)
        for number, seq in pairs:
            found[number].append(ids[seq])
        return found

    def originals_of(self, documents: Collection[str]) -> Mapping[str, str]:
        """Of copies among the documents, the document that each copies."""
        from khronika.record.models import Copy

        return dict(self._found(Copy, "a", [*documents], "a", "b"))

    def names_in(self, documents: Collection[str]) -> Collection[tuple[tuple[str, str], str]]:
        """((Document, name as written), person or organization) for these documents."""
        from khronika.record.models import NameEntity

        found = self._found(NameEntity, "a", [*documents], "a", "name", "b")
        return [((document, name), who) for document, name, who in found]

    def told_in(self, documents: Collection[str]) -> Mapping[str, Sequence[str]]:
        """The happenings that each document tells of, as linking wrote them."""
        from khronika.record.models import Told

        found: dict[str, list[str]] = defaultdict(list)
        for document, body in self._found(Told, "document", [*documents], "document", "body"):
            found[document].append(body)
        return found

    def events_with(self, claims: Collection[str]) -> Mapping[str, Event]:
        """The events that rest on any of these claims, by id."""
        from khronika.record.models import ClaimEvent
        from khronika.record.models import Event as Row

        ids = {event for (event,) in self._found(ClaimEvent, "a", [*claims], "b")}
        found = self._found(Row, "key", sorted(ids), "key", "body")
        return {key: rows.event_from_row(rows.load(body)) for key, body in found}

    def entities(self, ids: Collection[str]) -> Mapping[str, Person]:
        """The people and organizations of these ids, by id."""
        from khronika.record.models import Organization
        from khronika.record.models import Person as Row

        found = [
            *self._found(Row, "key", [*ids], "key", "body"),
            *self._found(Organization, "key", [*ids], "key", "body"),
        ]
        return {key: rows.person_from_row(rows.load(body)) for key, body in found}

    # --- rows

    def _found(self, model: Any, column: str, values: Sequence[Any], *wanted: str) -> list[tuple[Any, ...]]:  # noqa: ANN401
        """Columns of the rows whose `column` has one of the values."""
        found: list[tuple[Any, ...]] = []
        for some in chunks(values):
            found += model.objects.using(self._alias).filter(**{f"{column}__in": some}).values_list(*wanted)
        return found

    def _of_documents(
        self,
        model: Any,  # noqa: ANN401
        known: dict[str, list[T]],
        documents: Collection[str],
        value_of: Callable[[Any], T],
    ) -> dict[str, list[T]]:
        """The values in the rows of documents, in order of arrival; documents without any are left out."""
        missing = [d for d in documents if d not in known]
        known.update({d: [] for d in missing})
        for some in chunks(missing):
            found = model.objects.using(self._alias).filter(document_id__in=some).order_by("seq")
            for document, body in found.values_list("document_id", "body"):
                known[document].append(value_of(rows.load(body)))
        return {d: known[d] for d in documents if known[d]}
