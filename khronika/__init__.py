"""khronika: from news text to a person's custody status as of any day, as known on any day.

    import khronika

    record = khronika.open("record")
    record.read(["news"], manifest="news/manifest.csv")
    record.case("Aigul Nurlan").status(on="2021-06-23", known="2021-06-25")

Names are loaded when they are first used, so that importing the package, or one room of it, costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from khronika.errors import KhronikaError as KhronikaError
    from khronika.facts.claims import Claim as Claim
    from khronika.facts.documents import Document as Document
    from khronika.facts.events import CustodyStatus as CustodyStatus
    from khronika.facts.events import Event as Event
    from khronika.facts.events import Person as Person
    from khronika.flow import Record as Record
    from khronika.flow import open as open
    from khronika.record.case import Case as Case

__version__ = "0.1.0"
_CONTENTS = {
    "open": "khronika.flow",
    "Record": "khronika.flow",
    "Case": "khronika.record.case",
    "Claim": "khronika.facts.claims",
    "CustodyStatus": "khronika.facts.events",
    "Document": "khronika.facts.documents",
    "Event": "khronika.facts.events",
    "KhronikaError": "khronika.errors",
    "Person": "khronika.facts.events",
}
__all__ = ["__version__", *_CONTENTS]


def __getattr__(name: str) -> object:
    """A name of the contents page, from where it lives."""
    if name not in _CONTENTS:
        raise AttributeError(f"module 'khronika' has no attribute {name!r}")
    return getattr(import_module(_CONTENTS[name]), name)


def __dir__() -> list[str]:
    """The contents page."""
    return sorted(__all__)
