"""An export is read as the codebook's Interchange gives it."""

import pytest

from khronika.errors import GoldError
from khronika.evaluate import load_export


def test_an_export_becomes_a_side(write_export, maronkin):
    """The page is told by its file name alone, its part by the document; keys that nobody knows are ignored."""
    row = {
        **maronkin,
        "document": "d9",
        "source": "/home/kai/pages/list.html",
        "start": 4,
        "end": 90,
        "targets_ids": ["p1"],
    }
    folder = write_export(
        [row],
        [{"id": "d9", "source": "/home/kai/list.html", "part": 2}],
        [{"id": "p1", "name": "Ilse Maronkin", "forms": ["Maronkin"]}],
    )
    side = load_export(folder)
    (annotation,) = side.annotations
    assert annotation.story == ("list.html", 2)
    assert annotation.event == "maronkin-cell"
    assert side.people == (("Maronkin", "Ilse Maronkin"),)


def test_line_separators_inside_a_text_do_not_end_a_line(write_export, maronkin):
    """U+2028 is legal inside a JSON string and occurs in pages; only a newline parts two rows."""
    folder = write_export([])
    (folder / "claims.jsonl").write_text(
        '{"source": "a.txt", "document": "d", "type": "release", "quote": "Let go.\u2028At last."}\n\n',
        encoding="utf-8",
    )
    assert len(load_export(folder).annotations) == 1


def test_other_gold_can_be_compared_too(write_gold, maronkin):
    """Two annotators are compared by the same figures."""
    folder = write_gold({"x1": ("cell.txt", 1, [maronkin])})
    assert load_export(folder).annotations[0].id == "a1"


def test_a_bad_line_is_told_with_its_number(write_export, maronkin):
    """A cut-off export: the first bad line is named."""
    folder = write_export([{**maronkin, "document": "d", "source": "a.txt"}])
    with (folder / "claims.jsonl").open("a") as file:
        file.write('{"type": "rel')
    with pytest.raises(GoldError, match=r"claims\.jsonl line 2: is not JSON"):
        load_export(folder)


@pytest.mark.parametrize("line", ["[]", "3", '{"type": "release"}', '{"source": "a", "type": 5, "quote": "q"}'])
def test_a_line_that_is_no_claim_is_refused(write_export, line):
    """No other error gets out, whatever the line holds."""
    folder = write_export([])
    (folder / "claims.jsonl").write_text(line)
    with pytest.raises(GoldError, match="line 1"):
        load_export(folder)


@pytest.mark.parametrize("document", [{"id": "d"}, {"id": "d", "source": "a.txt", "part": "two"}])
def test_a_bad_document_is_refused(write_export, document):
    """Without its source a document cannot be set against gold."""
    with pytest.raises(GoldError, match=r"documents\.jsonl"):
        load_export(write_export([], [document]))


def test_a_folder_of_something_else_is_refused(tmp_path):
    """The message says what an export would have."""
    with pytest.raises(GoldError, match=r"it has no claims\.jsonl"):
        load_export(tmp_path)
