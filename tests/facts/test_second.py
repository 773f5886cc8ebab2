from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from khronika.facts.claims import Claim, Penalty, Status
from khronika.facts.second import compare

TEXT = "Police held Ana Roe and Ben Coe. Both were freed."


def claim(start=0, end=32, type="detention", **more):
    return Claim(document="d", source="s", start=start, end=end, quote=TEXT[start:end], type=type, reader="r", **more)


def test_the_same_said_twice_and_a_field_that_differs():
    """Spelling of names apart, each field that matters to a case is compared."""
    mine = claim(targets=("Ana Roé",), date="2031-01-02")
    assert [m.differs for m in compare([mine], [claim(targets=("Ana Roe",), date="2031-01-02")]).matches] == [()]
    other = claim(targets=("Ben Coe",), status=Status.DENIED, speaker="Police", penalties=(Penalty("fine"),))
    assert compare([mine], [other]).matches[0].differs == ("status", "targets", "date", "speaker", "penalties")


def test_another_kind_or_another_sentence_is_no_match():
    """Each stays by itself."""
    mine, kind, place = claim(), claim(type="release"), claim(33, 49)
    found = compare([mine], [kind, place])
    assert (found.matches, found.only_claims, found.only_proposals) == ((), (mine,), (kind, place))


def test_two_of_one_sentence_find_their_own():
    """The likest first, whatever the order."""
    ana, ben = claim(targets=("Ana Roe",)), claim(targets=("Ben Coe",))
    theirs = [replace(ben, end=20, quote=TEXT[:20]), replace(ana, end=20, quote=TEXT[:20])]
    found = compare([ana, ben], theirs)
    assert all(m.claim.targets == m.proposal.targets for m in found.matches)
    assert len(found.matches) == 2


CLAIMS = st.lists(
    st.builds(
        claim,
        st.sampled_from([0, 10, 33]),
        st.sampled_from([34, 40]),
        st.sampled_from(["detention", "release"]),
        targets=st.sampled_from([(), ("Ana Roe",), ("Ben Coe",)]),
    ),
    max_size=6,
    unique_by=lambda c: c.id,
)


@given(CLAIMS, CLAIMS)
def test_nobody_is_lost_or_counted_twice(mine, theirs):
    """Every claim and every proposal is in exactly one place; order does not matter."""
    found = compare(mine, theirs)
    assert sorted([m.claim.id for m in found.matches] + [c.id for c in found.only_claims]) == sorted(c.id for c in mine)
    assert sorted([m.proposal.id for m in found.matches] + [c.id for c in found.only_proposals]) == sorted(
        c.id for c in theirs
    )
    assert compare(mine[::-1], theirs[::-1]).matches == found.matches
