"""The ties that stories state between people and organizations, each side by its name in the record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from khronika.facts.claims import Relation

Ties = tuple[tuple[str, str, str], ...]
"""As (a, kind, b) with names, sorted: `a` is `kind` of `b`."""


def stated_ties(
    relations: Iterable[Relation], names: Mapping[tuple[str, str], str], called: Mapping[str, str]
) -> dict[str, Ties]:
    """Person or organization → the ties that stories state of it, each once.

    A tie is told by its document alone, and shows the other side's name as it is now; so it is put together where it is
    asked for, and no row has to be written anew when somebody's name becomes another.

    Parameters: `names`, (document, name as written) → id, at least those of the relations' documents; `called`, id →
    name. A side whom the record does not know keeps the name as written.
    """
    found: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for relation in relations:
        sides = [names.get((relation.document, name)) for name in (relation.a, relation.b)]
        both = zip(sides, (relation.a, relation.b), strict=True)
        a, b = (called.get(i, name) if i else name for i, name in both)
        for entity in filter(None, sides):
            found[entity].add((a, relation.kind, b))
    return {entity: tuple(sorted(ties)) for entity, ties in found.items()}
