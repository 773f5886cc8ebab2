"""People and organizations whole: with the ties that stories state of them, and organizations with their documents.

Both grow with every story that names somebody, so no row of a person or organization has them (decision 0009): they
are put together from the rows of the stories, for those who are asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from khronika.facts.claims import Relation
from khronika.facts.events import Person
from khronika.facts.ties import stated_ties
from khronika.record.rows import load, person_from_row, relation_from_row
from khronika.record.tables import select

AT_ONCE = 1000
"""People put together in one go while all are read."""


def whole(alias: str, people: Iterable[Person]) -> Iterator[Person]:
    """The people and organizations with all that stories say of them, in their order."""
    waiting = iter(people)
    while some := [*islice(waiting, AT_ONCE)]:
        yield from _with_ties(alias, [*_with_documents(alias, some)])


def names_in(alias: str, documents: Collection[str]) -> dict[tuple[str, str], str]:
    """(Document, name as written there) → person or organization, for these documents; of one of each, the person."""
    found = select(alias, "name_entity", ("a", "name", "b"), "a", sorted(documents))
    return {(document, name): who for document, name, who in sorted(found)}


def relations_in(alias: str, documents: Collection[str]) -> list[Relation]:
    """The relations that these documents state."""
    found = select(alias, "relation", ("body",), "document", sorted(documents))
    return [relation_from_row(load(body)) for (body,) in found]


def _with_documents(alias: str, some: Sequence[Person]) -> Iterator[Person]:
    """Organizations with the documents in which a name is theirs; people have them."""
    found: dict[str, set[str]] = defaultdict(set)
    asked = [one.id for one in some if one.kind != "person"]
    for who, document in select(alias, "name_entity", ("b", "a"), "b", asked):
        found[who].add(document)
    for one in some:
        yield one if one.kind == "person" else replace(one, documents=tuple(sorted(found[one.id])))


def _with_ties(alias: str, some: Sequence[Person]) -> Iterator[Person]:
    """Each with the ties that its documents state."""
    relations = relations_in(alias, {d for one in some for d in one.documents})
    names = names_in(alias, {r.document for r in relations})
    written = {(r.document, name) for r in relations for name in (r.a, r.b)}
    called = _called(alias, {names[key] for key in written if key in names})
    ties = stated_ties(relations, names, called)
    return (replace(one, relations=ties.get(one.id, ())) for one in some)


def _called(alias: str, ids: Collection[str]) -> dict[str, str]:
    """Id → name."""
    tables = (("person", "p"), ("organization", "o"))
    asked = ((table, sorted(i for i in ids if i.startswith(letter))) for table, letter in tables)
    rows = (row for table, some in asked for row in select(alias, table, ("key", "body"), "key", some))
    return {key: person_from_row(load(body)).name for key, body in rows}
