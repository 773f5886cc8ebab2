# ruff: noqa: E501 - pages and paragraphs are kept on one line, as they are on a page
"""Sibling elements that are posts, and siblings that are not."""

from khronika.capture.markup import parse
from khronika.capture.segments import find_posts

TEXT = (
    "Police in Tarsk detained three teachers on Monday after a picket in front of the court, their lawyer said in the evening. "
    * 2
)


def found(html, *, is_story_page=False):
    return len(find_posts(parse(f"<html><body>{html}</body></html>").find("body"), is_story_page=is_story_page))


def test_posts_among_other_siblings():
    assert (
        found(
            "<div class=ad>Buy</div>"
            + f"<div class='post a'><h2><a href=1>T</a></h2><p>{TEXT}</p></div>" * 2
            + "<div class='pager'>Next</div>"
        )
        == 2
    )


def test_menus_and_link_lists_hold_no_prose():
    assert found(f"<ul>{'<li><a href=1>' + TEXT + '</a></li>'}</ul>" * 3 + f"<p>{TEXT}</p>") == 0


def test_paragraph_divs_and_sections_of_a_story_are_no_posts():
    assert found(f"<div class=p>{TEXT}</div>" * 6) == 0
    assert found(f"<section><h2>Part</h2><p>{TEXT}</p></section>" * 4) == 0


def test_a_list_in_a_story_is_no_list_of_posts():
    assert found(f"<p>{TEXT}</p>" * 5 + f"<ul>{'<li>' + TEXT + '</li>'}</ul>" * 1) == 0


def test_comments_are_no_posts():
    assert (
        found(f"<p>{TEXT}</p>" + f"<div class=comments>{f'<article><time>1</time><p>{TEXT}</p></article>' * 4}</div>")
        == 0
    )


def test_a_long_story_with_short_sibling_teasers_is_one():
    assert (
        found(
            f"<article><h1>T</h1>{'<p>' + TEXT * 8 + '</p>'}</article>"
            + f"<article><h3>U</h3><p>{TEXT}</p></article>" * 3
        )
        == 0
    )


def test_a_page_that_calls_itself_an_article_needs_more_proof():
    """Half of the words in posts convinces on a category page, not on a page marked as one article."""
    page = f"<div><p>{TEXT * 2}</p></div>" + "<div>" + f"<article><p>{TEXT}</p></article>" * 4 + "</div>"
    assert found(page) == 4 and found(page, is_story_page=True) == 0


def test_posts_that_each_close_with_a_credit():
    assert found(f"<div><p>{TEXT}</p><p>This post was originally published on Free Tarsk.</p></div>" * 3) == 3


def test_list_items_with_a_heading_and_divs_with_a_date_below_it():
    """Posts of a plain page: <li><h2>…</h2><span>December 16, 2031</span><p>…; one paragraph each, no link, no time."""
    assert found("<ul>" + f"<li class=post><h2>Court fines editor</h2><p>{TEXT}</p></li>" * 3 + "</ul>") == 3
    assert found(f"<div><h2>Court fines editor</h2><span>December 16, 2031</span><p>{TEXT}</p></div>" * 3) == 3


def test_time_stamped_entries_of_a_running_blog():
    assert found(f"<div class=entry><span>14:05</span><p>{TEXT}</p></div>" * 3) == 3
