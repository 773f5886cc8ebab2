"""Whose report a claim counts as."""

import pytest

from khronika.link import link
from khronika.link.origins import Report, cited_outlet, origins_of, relayed

from .conftest import View, make_claim, make_document, make_mention

WHO = "Daulet Zhaqypov"


def made(*claims, reports, outlets=()):
    """Origins by document."""
    relays = {d: name for d in reports if (name := relayed([c for c in claims if c.document == d], outlets))}
    found = origins_of(claims, reports, relays, outlets)
    return {c.document: found[c.id] for c in claims}


def report(family, original=None, day="2030-05-01"):
    return Report(original or family[0], family, day)


def test_a_copy_counts_as_its_original():
    """Printed a day later elsewhere: one origin, that of the first."""
    reports = {"e": report("echo"), "m": report("mirror", "e", "2030-05-02")}
    claims = [make_claim(d, "detention", [WHO]) for d in "em"]
    assert made(*claims, reports=reports) == {"e": "echo", "m": "echo"}


def test_texts_of_one_day_are_no_second_origin_where_one_of_them_is_one_already():
    """Nobody can say which of two was first: it is one more origin only where neither tells the event besides."""
    same = {"e": report("echo"), "m": report("mirror", "e")}
    claims = [make_claim(d, "detention", [WHO]) for d in "em"]
    assert set(made(*claims, reports=same).values()) == {"echo"}
    own = {**same, "x": Report("x", "mirror", "2030-05-07")}
    claims.append(make_claim("x", "detention", [WHO]))
    assert set(made(*claims, reports=own).values()) == {"mirror"}


@pytest.mark.parametrize(
    ("speaker", "quote", "cited"),
    [
        ("Steppe Times", "He was freed, Steppe Times reported.", "steppe times"),
        ("Interfax", "He was freed, Interfax reported on Monday.", "interfax"),
        ("Radio Oral", "Radio Oral said on Monday that he was freed.", None),
        ("Oral police", "He was freed, the Oral police reported.", None),
        ("North Wind", "He was freed, North Wind said.", "north wind"),
        (None, "He was freed, Steppe Times reported.", None),
    ],
)
def test_an_outlet_is_cited_by_name_and_verb_or_known_by_its_stories(speaker, quote, cited):
    """A newspaper that reports it is the origin though the record has no story of it; police that report are none."""
    assert cited_outlet(make_claim("a", "release", [WHO], speaker=speaker, quote=quote), {"north wind"}) == cited


def test_a_story_whose_news_is_cited_is_the_cited_ones():
    """The first sentence under the headline cites one outlet: so all of the story is that outlet's. A story that cites
    one further down, or two, is its own."""
    title = make_claim("a", "release", [WHO], start=0, quote="Zhaqypov Freed")
    lead = make_claim("a", "release", [WHO], start=40, speaker="Steppe Times", quote="Freed, Steppe Times reported.")
    more = make_claim("a", "detention", [WHO], start=100, quote="He was detained in May.")
    other = make_claim("a", "detention", [WHO], start=200, speaker="Reuters", quote="Reuters reported it in May.")
    assert relayed([more, lead, title], ()) == "steppe times"
    assert relayed([make_claim("a", "trial", [WHO], start=20), lead], ()) is None
    assert relayed([lead, other], ()) is None
    assert relayed([title], ()) is None
    reports = {"a": report("echo", "a")}
    assert set(made(title, lead, more, reports=reports).values()) == {"steppe times"}


def test_ten_retellings_of_one_paper_are_one_origin():
    """Outlets that all have it from one newspaper, whose own story is not in the record, count once."""
    documents = [make_document(f"d{i}", dateline="Oral", outlet=f"Outlet {i}") for i in range(10)]
    quote = "Zhaqypov was freed, the Steppe Times reported."
    claims = [make_claim(d.id, "release", [WHO], speaker="Steppe Times", quote=quote) for d in documents]
    linked = link(View(documents, claims, [make_mention(d.id, WHO) for d in documents]))
    assert [e.origins for e in linked.events] == [1]
