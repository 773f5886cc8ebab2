"""The laws that a comparison must obey, on the gold that ships with the program."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khronika.evaluate import evaluate, load_export, load_gold

EXAMPLES = Path(__file__).parents[2] / "examples" / "gold"
GOLD = load_gold(EXAMPLES)
PERFECT = evaluate(GOLD, GOLD)
size = len(GOLD.annotations)
few = settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def test_gold_against_itself_is_perfect():
    """Every share 1, every claim paired, no claim where there is none."""
    for row in PERFECT.rows():
        assert (row.precision, row.recall, row.f1) == (1, 1, 1), row.label
    assert PERFECT.missed == PERFECT.made_up == ()
    assert PERFECT.in_silent_pages == PERFECT.in_silent_stories == 0


@few
@given(st.sets(st.integers(0, size - 1), min_size=1, max_size=size // 2))
def test_a_dropped_claim_lowers_recall_only(dropped):
    """What is not said cannot be wrong."""
    kept = tuple(a for i, a in enumerate(GOLD.annotations) if i not in dropped)
    result = evaluate(GOLD, replace(GOLD, annotations=kept))
    assert result.claims.precision == 1
    assert result.claims.recall == pytest.approx(1 - len(dropped) / size)
    assert {a.id for a in result.missed} == {GOLD.annotations[i].id for i in dropped}
    assert all(score.precision == 1 for _, score in result.fields)


@few
@given(st.sets(st.integers(0, size - 1), min_size=1, max_size=20))
def test_an_invented_claim_lowers_precision_only(repeated):
    """The same claim said twice counts once: the second has no partner."""
    invented = tuple(replace(GOLD.annotations[i], id=f"invented-{i}") for i in repeated)
    result = evaluate(GOLD, replace(GOLD, annotations=(*GOLD.annotations, *invented)))
    assert result.claims.recall == 1
    assert result.claims.precision == pytest.approx(size / (size + len(invented)))
    assert len(result.made_up) == len(invented)
    assert all(score.recall == 1 for _, score in result.fields)


def test_a_wrong_value_costs_its_field_and_the_whole_claim():
    """And nothing else: the claim is still found."""
    at = next(i for i, a in enumerate(GOLD.annotations) if a.claim.date and a.claim.targets)
    wrong = replace(GOLD.annotations[at], claim=replace(GOLD.annotations[at].claim, date="1999-01-01"))
    side = replace(GOLD, annotations=(*GOLD.annotations[:at], wrong, *GOLD.annotations[at + 1 :]))
    result = evaluate(GOLD, side)
    fields = dict(result.fields)
    assert result.claims.f1 == 1
    assert result.whole.hits == size - 1
    assert fields["date"].hits == fields["date"].gold - 1
    assert fields["date"].paired == pytest.approx(fields["date"].hits / fields["date"].gold)
    assert fields["targets"].f1 == 1


def test_claims_where_nothing_is_claimed_are_counted():
    """Once over pages, once over the single posts of a page: a page may hold a silent post beside others."""
    silent = sorted(GOLD.stories - {a.story for a in GOLD.annotations})
    speaking = {a.story[0] for a in GOLD.annotations}
    one = GOLD.annotations[0]
    invented = tuple(replace(one, id=f"n{i}", story=story) for i, story in enumerate(silent))
    result = evaluate(GOLD, replace(GOLD, annotations=(*GOLD.annotations, *invented)))
    assert result.in_silent_stories == len(silent)
    assert result.in_silent_pages == sum(page not in speaking for page, _ in silent)
    assert 0 < result.in_silent_pages < result.in_silent_stories


def test_pages_that_gold_does_not_hold_are_left_out():
    """A record may hold more than was annotated; that costs nothing."""
    more = replace(GOLD.annotations[0], id="elsewhere", story=("elsewhere.txt", 1))
    assert evaluate(GOLD, replace(GOLD, annotations=(*GOLD.annotations, more))).claims == PERFECT.claims


def test_events_torn_apart_cost_recall_of_events():
    """Each claim an event of its own: no pair is wrong, none is found."""
    alone = tuple(replace(a, event=a.id) for a in GOLD.annotations)
    result = evaluate(GOLD, replace(GOLD, annotations=alone))
    assert result.events.recall == 0
    assert result.claims.f1 == 1


def test_the_quiz_is_put_only_where_somebody_answers():
    """Without a record there is nobody to ask."""
    answers = {(q.person, q.on, q.known): (q.state[0], q.held) for q in GOLD.quiz}
    assert PERFECT.quiz is None
    assert "custody_quiz" not in PERFECT.to_json()
    result = evaluate(GOLD, GOLD, ask=lambda person, on, known: answers[person, on, known])
    assert result.quiz
    assert result.quiz.right == result.quiz.held_right == len(GOLD.quiz)
    assert result.to_json()["custody_quiz"]["asked"] == len(GOLD.quiz)


def test_pages_that_were_never_read_are_named(write_export):
    """A forgotten folder looks like a bad reader, unless the comparison says so; a page read in silence is read."""
    read = GOLD.annotations[0].story[0]
    result = evaluate(GOLD, load_export(write_export([], [{"id": "d", "source": read, "part": 1}])))
    assert set(result.unread) == {page for page, _ in GOLD.stories} - {read}
    assert PERFECT.unread == ()


def test_nothing_said_at_all(write_export):
    """An empty record: recall 0, no error, and no people to compare."""
    result = evaluate(GOLD, load_export(write_export([])))
    assert (result.claims.precision, result.claims.recall) == (0, 0)
    assert result.people is None
    assert "people" not in result.to_json()


def test_an_unknown_kind_in_an_export_is_made_up(write_export, maronkin):
    """A newer reader's kinds do not stop the comparison with older gold."""
    page = GOLD.annotations[0].story[0]
    result = evaluate(GOLD, load_export(write_export([{**maronkin, "type": "exile", "document": "d", "source": page}])))
    assert [a.claim.type for a in result.made_up] == ["exile"]
    assert dict(result.types)["exile"].precision == 0


def test_rows_and_json_tell_the_same():
    """The table and the JSON are two views of one comparison."""
    half = replace(GOLD, annotations=GOLD.annotations[::2])
    result = evaluate(GOLD, half)
    rows, shown = {row.label.strip(): row for row in result.rows()}, result.to_json()
    assert round(rows["claims (kind and passage)"].f1, 3) == shown["claims"]["f1"]
    assert set(shown["fields"]) <= set(rows)
    assert round(rows["people, B-cubed"].f1, 3) == shown["people"]["bcubed"]["f1"]
