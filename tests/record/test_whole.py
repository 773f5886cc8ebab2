"""People and organizations with what grows with every story: put together from the stories' rows."""

from __future__ import annotations

from khronika.record.record import Record
from tests.telling import Teller

WHO = "Jorun Velkaste"
LEADS = "Jorun Velkaste leads The Open Harbor."


def test_documents_and_ties_come_from_the_stories(empty: Record) -> None:
    """A person asked for by name, everyone, and organizations have their ties; organizations their documents too."""
    teller = Teller(empty)
    details = {"targets": (WHO,), "date": "2031-03-01", "actors": ("The Open Harbor",)}
    first = teller.story(
        "2031-03-02", (LEADS, "detention", details), relations=((WHO, "leader_of", "The Open Harbor", LEADS),)
    )
    teller.done()
    tie = (WHO, "leader_of", "The Open Harbor")
    assert empty.person(WHO).relations == (tie,)
    assert [p.relations for p in empty.people() if p.name == WHO] == [(tie,)]
    (body,) = empty.organizations()
    assert body.relations == (tie,) and body.documents == (first,)
