"""A case: which sentence stands for an event."""

from __future__ import annotations

from khronika.facts.claims import Claim, Penalty
from khronika.record.case import best_sentence
from khronika.record.onfile import ClaimOnFile, EventOnFile


def told(quote: str, start: int, **fields: object) -> ClaimOnFile:
    """A sentence of one story on the sentencing of Jorun Velkaste."""
    values = {"targets": ("Jorun Velkaste",), "penalties": (Penalty("administrative_arrest", "P15D"),)} | fields
    claim = Claim(
        document="d1", source="a.txt", start=start, end=start + len(quote), quote=quote, type="sentence", reader="r 1",
        date="2031-06-24", actors=("court",), **values,  # type: ignore[arg-type]
    )  # fmt: skip
    return ClaimOnFile(claim, "2031-06-25", "d1")


def best(*claims: ClaimOnFile) -> str:
    """The words of the best of them."""
    return best_sentence(EventOnFile("e1", "sentence", claims), None).claim.quote


def test_the_sentence_with_the_name_stands_for_the_event():
    """Of two with the same term and day the one that says who: "a protester" in the lead could be anyone."""
    lead = told("A court sentenced a protester to 15 days in jail on Tuesday.", 0)
    full = told("The Oravat City Court sentenced Velkaste to 15 days in jail.", 80)
    assert best(lead, full) == best(full, lead) == full.claim.quote


def test_the_term_counts_more_than_the_name():
    """The court's penalty is what the state rests on."""
    term = told("He was sentenced to 15 days in jail.", 0)
    name = told("Velkaste was sentenced on Tuesday.", 80, penalties=())
    assert best(term, name) == term.claim.quote
