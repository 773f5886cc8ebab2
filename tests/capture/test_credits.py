"""Whom the page itself names as origin."""

import pytest

from khronika.capture.credits import author_of, upstream_outlets


@pytest.mark.parametrize(
    ("credit", "outlets"),
    [
        ("This post was originally published on Free Tarsk.", ("Free Tarsk",)),
        ("With reporting by Free Tarsk, Morvan News Agency, and MNA", ("Free Tarsk", "Morvan News Agency", "MNA")),
        ("Written by Ana Kovac with reports by Free Tarsk’s Belgor desk", ("Free Tarsk’s Belgor desk",)),
        (
            "This article first appeared on The Belgor Letter and is republished under a licence.",
            ("The Belgor Letter",),
        ),
        ("Written by Ana Kovac", ()),
        ("Originally published on", ()),
    ],
)
def test_credits(credit, outlets):
    assert upstream_outlets([credit], [], None, None) == outlets


def test_agency_of_dateline_and_sign_off_once_and_never_the_outlet_itself():
    assert upstream_outlets([], ["They were let go. (AFP)"], "AFP", "Free Tarsk") == ("AFP",)
    assert upstream_outlets(["Originally published on free tarsk."], ["… (AFP)"], "AFP", "Free Tarsk") == ("AFP",)
    assert upstream_outlets([], ["They were let go. (ANI)"], "ANI", "ANI") == ()
    assert upstream_outlets([], ["They were let go (on Monday)"], None, None) == ()


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Ana Kovac", "Ana Kovac"),
        ("by Ana Kovac, Tarsk", "Ana Kovac, Tarsk"),
        ("June 24, 2031 | By: Ana Kovac | 14:05", "Ana Kovac"),
        ("June 24, 2031 14:05 GMT", None),
        ("14:05", None),
    ],
)
def test_bylines(line, author):
    assert author_of(line) == author
