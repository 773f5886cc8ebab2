"""Organizations taken up as stories come: by how they are worded, without the other stories that name them."""

from khronika.facts.claims import Relation
from khronika.link import link
from khronika.link.bodies import link_bodies
from khronika.link.memory import MemoryIndex
from khronika.link.organizations import Words, home_of, words_of
from khronika.link.update import update

from .conftest import View, make_claim, make_document, make_mention

MINISTRY, UNION = "Interior Ministry", "Free Rivers Union"


def told(document, *names, relations=()):
    """A story that names the organizations, set in a town of its own."""
    mentions = [make_mention(document, name, label="organization") for name in names]
    claim = make_claim(
        document,
        "protest",
        start=0,
        place=(f"Oral {document}", "Kazakhstan"),
        quote=f"A protest was held, {document} reports.",
    )
    return View([make_document(document, f"Story {document}.")], [claim], mentions, relations)


def index_of(*views):
    """An index in which all of it is linked, one after the other."""
    index = MemoryIndex(View())
    for view in views:
        index.add(view)
        index.take(update(index, [d.id for d in view.documents()]))
    return index


class Counting(MemoryIndex):
    """An index that notes whose mentions are asked for."""

    asked = ()

    def mentions_of(self, documents):
        self.asked = (*self.asked, *documents)
        return super().mentions_of(documents)


def test_a_body_named_as_before_touches_no_other_story():
    """However many stories name a ministry: of one more nothing changes but a number, and no other story is read."""
    index = Counting(View())
    for n in range(9):
        index.add(told(f"d{n}", MINISTRY))
        index.take(update(index, [f"d{n}"]))
    (before,) = index.linked().organizations
    index.asked = ()
    index.add(told("a", MINISTRY))
    changes = update(index, ["a"])
    assert {*index.asked} == {"a"} and changes.documents == {"a"}
    assert not changes.gone and not changes.linked.organizations
    assert [w.uses for w in changes.wordings] == [10] and not changes.wording_keys
    index.take(changes)
    (after,) = index.linked().organizations
    assert after.id == before.id and after.documents == ("a", *before.documents)


def test_a_story_that_joins_two_names_changes_the_stories_of_one():
    """An alias makes two bodies one: the stories of the one whose id goes are given anew."""
    index = index_of(told("a", UNION), told("b", "River Guard"), told("c", MINISTRY))
    assert len(index.linked().organizations) == 3
    alias = Relation("d", UNION, "alias_of", "River Guard")
    index.add(told("d", UNION, relations=[alias]))
    changes = update(index, ["d"])
    assert changes.documents == {"b", "d"}
    index.take(changes)
    union, _ = sorted(index.linked().organizations, key=lambda o: o.name)
    assert union.documents == ("a", "b", "d")


def test_letters_that_two_bodies_claim_stand_for_neither():
    """What one story joined a later one parts again, and in the other order it is never joined."""
    views = [told("a", f"{UNION} (FRU)"), told("b", "FRU"), told("c", "Forest Rangers United (FRU)")]
    index = index_of(*views)
    assert len(index.linked().organizations) == 3
    assert index.linked() == index_of(*reversed(views)).linked()


def test_the_name_is_that_of_most_stories_and_counts_each_once():
    """A story handed over twice is counted once; the name in most stories is the body's."""
    index = index_of(told("a", f"The {UNION}"), told("b", UNION), told("c", UNION))
    assert [o.name for o in index.linked().organizations] == [UNION]
    assert sorted(w.uses for w in index.wordings_of({o.id for o in index.linked().organizations})) == [1, 2]
    index.take(update(index, ["a"]))
    index.take(update(index, ["a"]))
    assert [o.name for o in index.linked().organizations] == [UNION]
    assert link_bodies(index, ["a"]).wordings == []


def test_where_a_story_is_set_matters_for_some_names_only():
    """A name of its own is worded alike in any country; one of common words, or with initials, is not; nor one that the
    same story abbreviates, where nothing says where the story is set."""
    mentions = [make_mention("a", n, label="organization") for n in (MINISTRY, "Amnesty Oravat", "Free Rivers Union")]
    homes = home_of([make_document("a")], [make_claim("a", "protest", place=("Oral", "Kazakhstan"))])
    assert [w.home for w in words_of(mentions, [], homes).values()] == ["kazakhstan", "", "kazakhstan"]
    assert [w.home for w in words_of(mentions, [], {}).values()] == ["a", "", ""]
    short = make_mention("a", "FRU", label="organization")
    assert [w.home for w in words_of([*mentions, short], [], {}).values()] == ["a", "", "a", "a"]


def test_a_wording_survives_being_written():
    """What linking keeps of a wording comes back as it was."""
    words = Words("Qyzyl Tan (Red Dawn)", ("Qyzyl Tan", "Tan"), ("River Guard",), "kazakhstan", ("party",))
    assert Words.from_text(words.to_text()) == words and words.id.startswith("w")


def test_two_mentions_of_one_name_in_a_story():
    """A document that gives one name twice with other forms is linked the same in any order."""
    twice = [make_mention("a", UNION, "FRU", label="organization"), make_mention("a", UNION, label="organization")]
    views = [View([make_document("a")], (), twice), told("b", UNION), told("c", "FRU")]
    assert index_of(*views).linked() == index_of(*reversed(views)).linked()
    whole = View([make_document("a")], (), twice)
    assert link(whole) == link(View([make_document("a")], (), twice[::-1]))
