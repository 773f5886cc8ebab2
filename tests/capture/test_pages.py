# ruff: noqa: E501 - pages and paragraphs are kept on one line, as they are on a page
"""Web pages: no post of a category page is lost, one story stays one, what the page says about itself is taken."""

import pytest

from khronika.capture import pages
from khronika.errors import CaptureError
from khronika.facts.documents import BlockKind
from khronika.settings import Settings


def read_page(html, source="a.html", **limits):
    return pages.read_page(html, source, Settings(**limits))


PEOPLE = ["Ana Kovac", "Ivo Marek", "Petra Lind", "Jan Orel", "Mila Sand", "Tomas Rye", "Vera Holt"]


def story(name, day=3):
    return (
        f"<p>A court in Belgor sentenced {name} to {day + 10} days in jail on Monday for taking part in a picket in front of the "
        f"governor's house.</p><p>{name}, a teacher from Tarsk, told the judge that the charge was made up and that the police had "
        "taken the banner away before anybody could read what was written on it.</p>"
        f"<p>The lawyer of {name} said that an appeal would be filed at the regional court within the week.</p>"
    )


MENU = "<nav><ul><li><a href=/>Home</a></li><li><a href=/c>Courts</a></li></ul></nav>"
FOOT = "<footer><p>© 2031 Free Tarsk. All rights reserved.</p></footer>"


def category(post):
    posts = "".join(post(name, i) for i, name in enumerate(PEOPLE))
    return f"<html lang=en><head><title>Courts</title><meta property=og:site_name content='Free Tarsk'></head><body>{MENU}<main>{posts}</main>{FOOT}</body></html>"


SHAPES = {
    "articles": lambda n, i: (
        f"<article class='post post-{i}'><h2><a href=/{i}>Teacher {n} Jailed</a></h2><time datetime=2031-06-{10 + i}>then</time>{story(n, i)}</article>"
    ),
    "divs": lambda n, i: f"<div class='entry e{i}'><h3><a href=/{i}>Teacher {n} Jailed</a></h3>{story(n, i)}</div>",
    "wrapped": lambda n, i: f"<div><article><h2>Teacher {n} Jailed</h2>{story(n, i)}</article></div>",
    "list": lambda n, i: f"<li>{story(n, i)}</li>",
    "datelines": lambda n, i: "<div class=item>" + story(n, i).replace("<p>A", "<p>BELGOR, Morvania — A", 1) + "</div>",
    "never closed": lambda n, i: f"<article><h2>Teacher {n} Jailed</h2>{story(n, i).replace('</p>', '')}</article>",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_category_pages_lose_no_post(shape):
    """Extractors alone return one post of such a page and drop the rest without an error."""
    found = read_page(category(SHAPES[shape]), "courts.html")
    assert len(found) == len(PEOPLE)
    for name, page_story in zip(PEOPLE, found, strict=True):
        text = " ".join(p.text for p in page_story.passages)
        assert text.count("sentenced") == 1 and f"The lawyer of {name} said" in text and f"{name}, a teacher" in text
        assert page_story.facts.outlet == "Free Tarsk" and page_story.facts.language == "en"


def test_a_posts_time_and_title_are_its_own():
    found = read_page(category(SHAPES["articles"]), "courts.html")
    assert [s.facts.published for s in found[:2]] == ["2031-06-10", "2031-06-11"]
    assert found[1].passages[0].text == "Teacher Ivo Marek Jailed" and found[1].passages[0].kind is BlockKind.TITLE


def single(head="", extra="", before=""):
    sections = "".join(f"<section><h2>Part {i}</h2>{story(n)}</section>" for i, n in enumerate(PEOPLE[:3]))
    return f"<html><head><title>Three Teachers Jailed - Free Tarsk</title>{head}</head><body>{MENU}<article><h1>Three Teachers Jailed</h1>{before}{sections}</article>{extra}{FOOT}</body></html>"


def test_one_article_stays_one():
    """Sections of a feature, a list of teasers below it and a thread of comments are no posts."""
    teasers = (
        "<div class=more>"
        + "".join(
            f"<article><h3><a href=/{n}>{n} freed</a></h3><p>{n} left prison in Tarsk on Monday after four years there, friends and family said in a post.</p></article>"
            for n in PEOPLE
        )
        + "</div>"
    )
    comments = (
        "<ol class=comments>"
        + "".join(
            f"<li class=comment><time datetime=2031-01-01>x</time><p>I knew {n} well and I think that all of this is a shame for our whole country and its courts.</p><p>Write to the governor, all of you, and tell your friends to do so too.</p></li>"
            for n in PEOPLE
        )
        + "</ol>"
    )
    for extra in ("", teasers, comments):
        found = read_page(single(extra=extra), "a.html")
        assert len(found) == 1 and "The lawyer of Petra Lind" in " ".join(p.text for p in found[0].passages)


def test_running_blog_whose_mark_up_does_not_part_it():
    """Two datelines on a page that is no single article: two reports."""
    two = story("Ana Kovac").replace("<p>A", "<p>BELGOR — A", 1) + story("Ivo Marek").replace("<p>A", "<p>TARSK — A", 1)
    found = read_page(
        f"<html><head><title>Watch</title></head><body>{MENU}<main><div>{two}</div></main></body></html>", "a.html"
    )
    assert len(found) == 2 and "Ivo Marek" in found[1].passages[0].text and found[1].facts.title is None
    assert (
        len(
            read_page(
                f"<html><head><meta property=og:type content=article></head><body><main>{two}</main></body></html>", "a"
            )
        )
        == 1
    )


def test_facts_from_json_ld():
    ld = '{"@context":"https://schema.org","@graph":[{"@type":"NewsArticle","headline":"Three Teachers Jailed","datePublished":"2031-06-25T23:30:00+05:00","author":[{"name":"Ana Reporter"},{"name":"Ivo Desk"}],"publisher":{"name":"Free Tarsk"}}]}'
    facts = read_page(
        single(f'<script type="application/ld+json">{ld}</script><link rel=canonical href=https://post.example/x>'),
        "a.html",
    )[0].facts
    assert (facts.title, facts.published, facts.published_from) == ("Three Teachers Jailed", "2031-06-25", "page")
    assert (facts.byline, facts.outlet, facts.url) == ("Ana Reporter, Ivo Desk", "Free Tarsk", "https://post.example/x")


@pytest.mark.parametrize(
    "ld", ["[" * 50_000, "{not json", '{"@type":"NewsArticle","headline":5,"author":{"name":null}}', "null"]
)
def test_damaged_json_ld_is_passed_over(ld):
    facts = read_page(single(f'<script type="application/ld+json">{ld}</script>'), "a.html")[0].facts
    assert facts.title == "Three Teachers Jailed" and facts.published is None


def test_dates_are_never_made_up():
    """The year in the footer is no publication date; a marked time and an address with a day are."""
    assert read_page(single(), "a.html")[0].facts.published is None
    assert (
        read_page(single(before='<p class="entry-date">3 July 2031</p>'), "a.html")[0].facts.published == "2031-07-03"
    )
    facts = read_page(single("<link rel=canonical href=https://post.example/2031/07/04/x>"), "a.html")[0].facts
    assert (facts.published, facts.published_from) == ("2031-07-04", "url")


def test_captions_are_kept_and_marked():
    page = single(
        before="<figure><img src=x><figcaption>Teachers in front of the court in Belgor</figcaption></figure>"
    )
    found = read_page(page, "a.html")[0].passages
    assert [p.kind for p in found if p.text == "Teachers in front of the court in Belgor"] == [BlockKind.CAPTION]


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("<html><body></body></html>", "holds no text"),
        ("<html><body><script>render()</script><div id=app></div></body></html>", "filled in by scripts"),
        ("<html><body><img src=a.png><nav>Home Courts Prisons Letters</nav></body></html>", "holds no text"),
    ],
)
def test_a_page_without_text_is_told(page, told):
    with pytest.raises(CaptureError, match=told):
        read_page(page, "a.html")


def test_more_posts_than_allowed_are_refused_before_work():
    with pytest.raises(CaptureError, match="7 stories in one page; the limit is 3"):
        read_page(category(SHAPES["articles"]), "a.html", max_parts=3)


def test_broken_html_survives():
    page = (
        "<html><body><h1>Three Teachers Jailed<p>"
        + story("Ana Kovac").replace("</p>", "</div></b>")
        + "<table><tr><td><p>"
        + story("Ivo Marek")[3:]
        + "</span></html></body><p>Tail"
    )
    text = " ".join(p.text for p in read_page(page, "a.html")[0].passages)
    assert "The lawyer of Ana Kovac" in text and "The lawyer of Ivo Marek" in text
