"""Lemmas: what the table says, what the endings say, and the verbs that matter here."""

from __future__ import annotations

import pytest

from khronika.errors import ModelError
from khronika.read.lemmas import Lemmas
from khronika.read.pipelines import BUNDLED

VERBS = """fined fine|jailed jail|freed free|detained detain|sentenced sentence|arrested arrest|seized seize|banned ban
tried try|charged charge|held hold|forced force|released release|acquitted acquit|convicted convict|deported deport
expelled expel|denied deny|rallied rally|questioned question|beat beat|ordered order|committed commit|hanged hang
abducted abduct|disappeared disappear|upheld uphold|sought seek|fled flee|struck strike|shot shoot|led lead|found find
imprisoned imprison|interrogated interrogate|tortured torture|pardoned pardon|extradited extradite|accused accuse
raided raid|searched search|handcuffed handcuff|stripped strip|dragged drag|dispersed disperse|picketed picket"""


@pytest.fixture(scope="module")
def lemmas():
    path = BUNDLED / "lemmas.tsv"
    if not path.exists():
        pytest.skip("the bundled model is not there")
    return Lemmas.load(path)


@pytest.mark.parametrize("pair", VERBS.replace("\n", "|").split("|"))
@pytest.mark.parametrize("tag", ["VBD", "VBN"])
def test_verbs_of_custody(lemmas, pair, tag):
    form, lemma = pair.split()
    assert lemmas.lemma(form, tag) == lemma
    assert lemmas.lemma(form.upper(), tag) == lemma


@pytest.mark.parametrize(
    ("form", "tag", "lemma"),
    [
        ("beaten", "VBN", "beat"),
        ("freeing", "VBG", "free"),
        ("banning", "VBG", "ban"),
        ("lying", "VBG", "lie"),
        ("authorities", "NNS", "authority"),
        ("women", "NNS", "woman"),
        ("was", "VBD", "be"),
        ("n’t", "RB", "not"),
        ("wo", "MD", "will"),
        ("’s", "VBZ", "be"),
        ("'s", "POS", "'s"),
        ("Kairovich", "NNP", "kairovich"),
        ("worse", "JJR", "bad"),
    ],
)
def test_other_words(lemmas, form, tag, lemma):
    assert lemmas.lemma(form, tag) == lemma


@pytest.mark.parametrize(
    ("form", "kind", "stem"),
    [
        ("zorbed", "past", "zorb"),
        ("zorfied", "past", "zorfy"),
        ("zorbated", "past", "zorbate"),
        ("zobbed", "past", "zob"),
        ("zorbing", "ing", "zorb"),
        ("zorbies", "s", "zorby"),
        ("zorches", "s", "zorch"),
        ("zorbs", "s", "zorb"),
        ("zorbier", "er", "zorby"),
        ("sing", "ing", "sing"),
    ],
)
def test_regular_endings_of_unknown_words(form, kind, stem):
    assert Lemmas([]).regular(form, kind, "V") == stem


def test_a_known_word_decides_between_stems():
    assert Lemmas([("fine", "VB", "fine")]).lemma("fined", "VBD") == "fine"
    assert Lemmas([("fin", "VB", "fin")]).lemma("fined", "VBD") == "fin"


def test_a_bad_line_is_named(tmp_path):
    path = tmp_path / "lemmas.tsv"
    path.write_text("# fine\nfined\tVBD\tfine\nbad line\n", encoding="utf-8")
    with pytest.raises(ModelError, match="line 3"):
        Lemmas.load(path)
