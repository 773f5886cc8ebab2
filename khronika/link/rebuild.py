"""A whole record linked at once, in memory."""

from __future__ import annotations

from khronika.facts.contracts import RecordView
from khronika.facts.decisions import InForce
from khronika.facts.events import Linked
from khronika.link.events import Locate
from khronika.link.memory import MemoryIndex
from khronika.link.update import update


def link(view: RecordView, locate: Locate | None = None, decided: InForce | None = None) -> Linked:
    """Derive people, organizations, events and copies from the whole record.

    A pure function of what the view gives: the same documents, claims, mentions and relations in any order give one
    value, ids included, since ids come from content; so does taking the same stories up one after the other.

    Parameters: `view`, read once; `locate`: see `update`; `decided`: what people decided.
    Returns: all derived rows, sorted by id.
    """
    index = MemoryIndex(view, decided)
    index.take(update(index, index.all(), locate))
    return index.linked()
