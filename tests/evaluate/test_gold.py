"""Gold is read whole, or refused with the file and the reason."""

import pytest

from khronika.errors import GoldError, UsageError
from khronika.evaluate import load_gold
from khronika.evaluate.gold import kinds
from khronika.facts.claims import Penalty, Status


def test_a_folder_becomes_claims_stories_people_and_questions(write_gold, maronkin, fine):
    """Every claim keeps its story, a story without a claim is known too, and the lists beside are read."""
    folder = write_gold(
        {"x1": ("cell.txt", 1, [maronkin]), "x2-2": ("list.html", 2, [fine]), "x3": ("rain.txt", 1, [])},
        people=[{"name": "Ilse Maronkin", "forms": ["Ilse Maronkin", "Maronkin"]}],
        organizations=[{"name": "Guards", "forms": []}],
        custody_quiz=[{"person": "Ilse Maronkin", "on": "2025-03-08", "state": ["detained"], "held": True}],
    )
    gold = load_gold(folder)
    assert [a.id for a in gold.annotations] == ["a1", "a2"]
    assert gold.stories == {("cell.txt", 1), ("list.html", 2), ("rain.txt", 1)}
    assert gold.annotations[1].story == ("list.html", 2)
    assert gold.annotations[1].claim.penalties == (Penalty("fine", amount=300, currency="EUR"),)
    assert gold.annotations[0].claim.status is Status.HAPPENED
    assert gold.people == (("Ilse Maronkin", "Maronkin", "Ilse Maronkin"),)
    assert gold.quiz[0].person == "Ilse Maronkin"
    assert gold.quiz[0].known is None


def test_the_pages_are_looked_for_beside_the_gold(write_gold, maronkin, tmp_path):
    """`khronika evaluate GOLD` reads GOLD/../stories with GOLD/../manifest.csv, where they are."""
    gold = load_gold(write_gold({"x1": ("cell.txt", 1, [maronkin])}))
    assert gold.pages is None
    assert gold.manifest is None
    (tmp_path / "stories").mkdir()
    (tmp_path / "manifest.csv").write_text("source\n")
    assert gold.pages == tmp_path.resolve() / "stories"
    assert gold.manifest == tmp_path.resolve() / "manifest.csv"


def test_a_claim_without_id_event_or_status_gets_defaults(write_gold, maronkin):
    """Gold may leave out what can be derived: the id from its place, the event from the id, and `happened`."""
    for key in ("id", "event", "status"):
        del maronkin[key]
    (annotation,) = load_gold(write_gold({"x1": ("cell.txt", 1, [maronkin])})).annotations
    assert annotation.id == annotation.event == "x1-c1"
    assert annotation.claim.status is Status.HAPPENED


def test_no_folder_and_no_gold_are_told_apart(tmp_path):
    """The two mistakes that a new user makes: a wrong path, and a folder of something else."""
    with pytest.raises(GoldError, match="no such folder"):
        load_gold(tmp_path / "nowhere")
    (tmp_path / "people.json").write_text("[]")
    with pytest.raises(GoldError, match="holds no gold") as caught:
        load_gold(tmp_path)
    assert isinstance(caught.value, UsageError)
    assert caught.value.exit_code == 2


def test_broken_json_is_told_with_its_line(write_gold, maronkin):
    """A comma forgotten in an editor: the message says where."""
    folder = write_gold({"x1": ("cell.txt", 1, [maronkin])})
    (folder / "x2.json").write_text('{\n "document": "x2",\n "claims" []\n}')
    with pytest.raises(GoldError, match=r"x2\.json line 3: is not JSON") as caught:
        load_gold(folder)
    assert caught.value.line == 3


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xff\xfe{\x00}\x00", "not UTF-8"),
        (b"[" * 200_000, "nested too deeply"),
        (b'{"claims": []}', "needs “document”"),
        (b'{"document": "x", "claims": 3}', "not a list"),
        (b'{"document": "x", "claims": [], "part": "two"}', "not a number"),
        (b'{"document": "x", "claims": ["detention"]}', "codebook's shape"),
        (b'{"document": "x", "claims": [{"quote": "q"}]}', "codebook's shape"),
        (b'{"document": "x", "claims": [{"type": "release", "quote": "q", "status": "maybe"}]}', "maybe"),
        (b'{"document": "x", "claims": [{"type": "release", "quote": "q", "speaker": ["a"]}]}', "speaker"),
        (b'{"document": "x", "claims": [{"type": "release", "quote": "q", "targets": [1]}]}', "targets"),
        (b'{"document": "x", "claims": [{"type": "release", "quote": "q", "count": {"about": 3}}]}', "about"),
    ],
)
def test_bad_gold_is_refused_with_the_file(tmp_path, content, reason):
    """Whatever is wrong with a file, its name and the reason are told, and no other error gets out."""
    (tmp_path / "bad.json").write_bytes(content)
    with pytest.raises(GoldError, match=reason) as caught:
        load_gold(tmp_path)
    assert caught.value.file.endswith("bad.json")


def test_unknown_kinds_and_subtypes_are_refused(write_gold, maronkin):
    """A typing error in a kind would silently cost recall; the message lists what there is."""
    folder = write_gold({"x1": ("cell.txt", 1, [{**maronkin, "type": "arrest"}])}, name="a")
    with pytest.raises(GoldError, match="a1 has the unknown kind “arrest”; the codebook has detention"):
        load_gold(folder)
    folder = write_gold({"x1": ("cell.txt", 1, [{**maronkin, "subtype": "cell"}])}, name="b")
    with pytest.raises(GoldError, match="transfer has no subtype “cell”; it has solitary"):
        load_gold(folder)


@pytest.mark.parametrize(
    ("list_name", "rows"),
    [("people", {}), ("people", [{"forms": []}]), ("people", ["Ilse"]), ("custody_quiz", [{"person": "Ilse"}]),
     ("custody_quiz", ["Ilse"])],
)  # fmt: skip
def test_bad_lists_are_refused(write_gold, maronkin, list_name, rows):
    """The lists beside the gold are checked like the gold."""
    folder = write_gold({"x1": ("cell.txt", 1, [maronkin])}, **{list_name: rows})
    with pytest.raises(GoldError, match=rf"{list_name}\.json"):
        load_gold(folder)


def test_the_codebook_has_its_kinds():
    """The kinds come from the one data file that the reader uses too."""
    assert "house_arrest" in kinds()["transfer"]
    assert kinds()["release"] == ()
