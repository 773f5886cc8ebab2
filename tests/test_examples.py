"""The examples are consistent: every page is listed and says that it is invented, every quote is in its page."""

import csv
import html
import json
import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from khronika.evaluate import load_gold
from khronika.text.edtf import validate

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
PAGES = sorted((EXAMPLES / "stories").iterdir())
BOOK = tomllib.loads((ROOT / "khronika" / "resources" / "codebook.toml").read_text(encoding="utf-8"))
with (EXAMPLES / "manifest.csv").open(encoding="utf-8", newline="") as sheet:
    MANIFEST = {row["source"]: row for row in csv.DictReader(sheet)}
GOLD = {}
for file in sorted((EXAMPLES / "gold").glob("*.json")):
    page = json.loads(file.read_text(encoding="utf-8"))
    if isinstance(page, dict):
        GOLD[page["document"]] = page
CLAIMS = [pytest.param(page, claim, id=claim["id"]) for page in GOLD.values() for claim in page["claims"]]
NOTICE = "This story is invented, written as an example for khronika."
ISO_DURATION = re.compile(r"P(?=\w)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?")


def text_of(source: str) -> str:
    """The page's words in order, tags and comments gone."""
    data = (EXAMPLES / "stories" / source).read_bytes()
    text = data.decode("iso-8859-1" if b"charset=iso-8859-1" in data else "utf-8")
    if source.endswith(".html"):
        text = html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"(?s)<!--.*?-->", "", text)))
    return text


def lists(name: str) -> list:
    return json.loads((EXAMPLES / "gold" / f"{name}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_every_page_says_that_it_is_invented_and_is_listed(page):
    """A page that gets around without its folder must not be taken for news."""
    assert NOTICE.encode() in page.read_bytes()
    assert page.name in MANIFEST


def test_the_manifest_lists_pages_with_real_dates_and_no_others():
    """Every row has its page, every date is a day, and a page was captured on its day of publication or later."""
    assert set(MANIFEST) == {page.name for page in PAGES}
    for row in MANIFEST.values():
        captured = date.fromisoformat(row["captured"])
        if row["published"]:
            assert date.fromisoformat(row["published"]) <= captured, row["source"]
        assert ".example/" in row["url"]
    assert [s for s, row in MANIFEST.items() if not row["published"]], "one page should have no date"


def test_every_page_is_annotated():
    """Each page has gold, with parts 1, 2, 3 … where it holds several stories, also where no story holds a claim."""
    parts: dict[str, list[int]] = {}
    for gold in GOLD.values():
        parts.setdefault(gold["source"], []).append(gold["part"])
        assert gold["outlet"] == MANIFEST[gold["source"]]["outlet"] or gold["posts"] > 1
    assert set(parts) == set(MANIFEST)
    for source, numbers in parts.items():
        assert sorted(numbers) == list(range(1, len(numbers) + 1)), source


def test_gold_dates_are_the_manifest_dates():
    """Where both know the day of publication they agree, except that one post of a list may be older than the page."""
    for gold in GOLD.values():
        listed = MANIFEST[gold["source"]]["published"]
        if gold["posts"] == 1:
            assert (gold["published"] or "") == listed, gold["document"]
        elif gold["published"] and listed:
            assert gold["published"] <= listed


@pytest.mark.parametrize(("gold", "claim"), CLAIMS)
def test_a_quote_stands_in_its_page(gold, claim):
    """Verbatim, on one line, and long enough to be found."""
    assert claim["quote"] in text_of(gold["source"])
    assert len(claim["quote"]) >= 20


@pytest.mark.parametrize(("gold", "claim"), CLAIMS)
def test_a_claim_has_the_codebook_s_values(gold, claim):
    """Kinds, subtypes, statuses, penalties, dates and durations as the codebook has them."""
    assert claim["type"] in BOOK["kinds"]
    assert claim.get("subtype") is None or claim["subtype"] in BOOK["kinds"][claim["type"]]
    assert claim["status"] in BOOK["statuses"]
    if "date" in claim:
        validate(claim["date"])
    if "duration" in claim:
        assert ISO_DURATION.fullmatch(claim["duration"])
    for penalty in claim.get("penalties", []):
        assert penalty["kind"] in BOOK["penalties"]
        assert ("amount" in penalty) == ("currency" in penalty)
        assert "duration" not in penalty or ISO_DURATION.fullmatch(penalty["duration"])
    bounds = claim.get("count") or claim.get("figure") or {}
    assert bounds.get("min", 0) <= bounds.get("max", 10**9)
    assert ("figure" in claim) == (claim["type"] == "figure")
    assert claim["type"] not in {"protest", "custody_protest"} or not claim.get("targets")


@pytest.mark.parametrize(("gold", "claim"), CLAIMS)
def test_names_are_written_in_the_page(gold, claim):
    """Targets, actors and places are given as the document writes them (codebook, rule 8)."""
    text = text_of(gold["source"]).casefold()
    for name in [*claim.get("targets", []), *claim.get("actors", []), *claim.get("place", [])[:1]]:
        assert name.casefold() in text, name


@pytest.mark.parametrize(("gold", "claim"), CLAIMS)
def test_nothing_is_dated_after_it_was_told(gold, claim):
    """What has happened has happened by the day on which the page was captured; what is planned is not over."""
    told = gold["published"] or MANIFEST[gold["source"]]["captured"]
    if claim["status"] == "happened" and "date" in claim:
        assert claim["date"].split("/")[0] <= told
    if claim["status"] == "planned" and "date" in claim:
        assert claim["date"] >= told


def test_claim_ids_are_unique_and_events_keep_their_kind():
    """One event is one happening, so all its claims are of one kind."""
    ids = [claim["id"] for gold in GOLD.values() for claim in gold["claims"]]
    assert len(ids) == len(set(ids))
    kinds: dict[str, set[str]] = {}
    for gold in GOLD.values():
        for claim in gold["claims"]:
            kinds.setdefault(claim["event"], set()).add(claim["type"])
    assert {event: found for event, found in kinds.items() if len(found) > 1} == {}


def test_one_claim_per_event_and_sentence():
    """The codebook's rule for `quote`: a sentence holds one claim of an event."""
    for gold in GOLD.values():
        keys = [(c["quote"], c["event"], c["status"]) for c in gold["claims"]]
        assert len(keys) == len(set(keys)), gold["document"]


@pytest.mark.parametrize("name", ["people", "organizations"])
def test_every_form_of_a_name_occurs(name):
    """No form is listed that no page writes, no document that does not hold one of the forms."""
    whole = {document: text_of(gold["source"]) for document, gold in GOLD.items()}
    for row in lists(name):
        assert row["name"] == row["forms"][0]
        for form in row["forms"]:
            assert any(form in text for text in whole.values()), form
        for document in row["documents"]:
            assert any(form in whole[document] for form in row["forms"]), (row["name"], document)


def test_no_form_belongs_to_two_people():
    """A bare surname that two people share is given per document, not as anybody's form."""
    forms = [form for row in lists("people") for form in row["forms"]]
    assert len(forms) == len(set(forms))
    for row in lists("people"):
        for document, bare in row.get("forms_by_document", {}).items():
            assert all(form in text_of(GOLD[document]["source"]) for form in bare)


def test_relations_use_the_codebook_s_kinds():
    """With the sentence that states them."""
    for gold in GOLD.values():
        for relation in gold["relations"]:
            assert relation["kind"] in BOOK["relations"]
            assert relation["quote"] in text_of(gold["source"])


def test_the_quiz_asks_about_people_of_the_pages():
    """States are the codebook's, days are days, and `held` fits the states that count as custody."""
    people = {row["name"] for row in lists("people")}
    questions = lists("custody_quiz")
    assert len(questions) >= 12
    assert any("known" in q for q in questions)
    for q in questions:
        assert q["person"] in people
        date.fromisoformat(q["on"])
        assert date.fromisoformat(q.get("known", q["on"]))
        assert set(q["state"]) <= set(BOOK["states"])
        assert {state in BOOK["held"] for state in q["state"]} == {q["held"]}


def test_the_gold_loads():
    """And finds its pages and manifest by itself."""
    gold = load_gold(EXAMPLES / "gold")
    assert len(gold.annotations) == len(CLAIMS)
    assert gold.pages == (EXAMPLES / "stories").resolve()
    assert gold.manifest == (EXAMPLES / "manifest.csv").resolve()
