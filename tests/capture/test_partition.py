"""One page, several stories: each shape in which text pages hold them, and the look-alikes that are one story."""

from khronika.capture.partition import partition
from khronika.capture.plain import paragraphs

TEACHERS = "Police in Tarsk detained three teachers on Monday after a picket in front of the court, their lawyer said."
DENIED = (
    "The Interior Ministry said in a statement that nobody had been detained in the city on that day or the day before."
)
EDITOR = (
    "A court in Belgor has fined the editor of the Free Belgor newspaper for an article about the governor's house."
)
APPEAL = "The editor, who denies any wrongdoing, said that he would appeal the ruling at the regional court next week."


def parts(*lines):
    return [[p.text for p in story] for story in partition(paragraphs("\n\n".join(lines)))]


def test_category_page_with_bullets():
    """Posts are the outermost bullets; a box or list inside a post is not one; the heading goes with the first."""
    found = parts(
        "Category: morvania", f"  • TARSK — {TEACHERS}", f"    {DENIED}", "      • Image", "        Our Morvanian desk",
        f"  • {EDITOR}", f"    {APPEAL}", f"  • {TEACHERS}", f"    {DENIED}",
    )  # fmt: skip
    assert len(found) == 3
    assert found[0][0] == "Category: morvania" and found[1] == [EDITOR, APPEAL]


def test_bullets_flush_with_their_text():
    found = parts(
        f"• {TEACHERS}",
        "This post was originally published on Free Tarsk.",
        f"• {EDITOR}",
        "This post was originally published on Free Tarsk.",
    )
    assert len(found) == 2


def test_a_list_inside_a_story_and_a_staff_box_are_no_posts():
    assert (
        len(
            parts(
                "Title",
                TEACHERS,
                "  • three teachers",
                "  • two students",
                DENIED,
                "  • 16x9 Image",
                "    Our desk",
                EDITOR,
            )
        )
        == 1
    )


def test_posts_that_end_with_the_same_credit():
    credit = "This post was originally published on Free Tarsk."
    found = parts("Three Teachers Held", TEACHERS, credit, "Editor Fined", EDITOR, APPEAL, credit)
    assert [story[0] for story in found] == ["Three Teachers Held", "Editor Fined"]


def test_running_blog_begins_an_entry_at_a_repeated_caption():
    """The caption of a picture stands twice above the lead; "Load more" says that the page is a running blog."""
    caption = "The editor on his way to court in Belgor"
    found = parts(
        "Breaking News",
        f"Teachers\nTeachers\n\nTARSK — {TEACHERS}",
        DENIED,
        f"{caption}\n{caption}\n\n{EDITOR}",
        APPEAL,
        "Load more",
    )
    assert len(found) == 2 and found[1][0] == caption and found[1][-1] == "Load more"


def test_running_blog_begins_an_entry_at_a_time_stamp():
    found = parts("14:05", "Editor Fined", EDITOR, APPEAL, "12:30", "Three Teachers Held", TEACHERS, DENIED)
    assert [story[:2] for story in found] == [["14:05", "Editor Fined"], ["12:30", "Three Teachers Held"]]


def test_a_feature_with_repeated_captions_is_one_story():
    """The same layout without any mark of a running blog."""
    caption = "The editor on his way to court in Belgor"
    assert len(parts("Title Of It", f"TARSK — {TEACHERS}", DENIED, f"{caption}\n{caption}\n\n{EDITOR}", APPEAL)) == 1


def test_two_reports_in_one_file():
    """A second dateline opens another report, its title with it; a rule of signs before it goes with the first."""
    found = parts("Teachers Held", f"TARSK — {TEACHERS}", DENIED, "* * *", "Editor Fined", f"BELGOR — {EDITOR}", APPEAL)
    assert [story[0] for story in found] == ["Teachers Held", "Editor Fined"]


def test_a_rule_of_signs_inside_a_feature_parts_nothing():
    assert len(parts("Title Of It", TEACHERS, DENIED, "* * *", EDITOR, APPEAL)) == 1


def test_empty_page():
    assert parts("") == []
