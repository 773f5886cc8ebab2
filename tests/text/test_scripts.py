"""Names in Chinese, Korean, Arabic and Hebrew letters as words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khronika.errors import LexiconError
from khronika.text.name_parts import parse_name
from khronika.text.romanization import skeleton
from khronika.text.scripts import is_syllabic, is_unvowelled, load_scripts, spelled_out


@pytest.mark.parametrize(
    ("word", "words"),
    [
        ("陈国伟", ["chen", "guowei"]),
        ("陳國偉", ["chen", "guowei"]),
        ("欧阳国伟", ["ouyang", "guowei"]),
        ("单国伟", ["shan", "guowei"]),
        ("卡尔·马丁", ["kaer", "mading"]),
        ("박민서", ["park", "minseo"]),
        ("عمر", ["عمر"]),
        ("العمري", ["al", "عمري"]),
        ("Weber", ["Weber"]),
        ("", [""]),
    ],
)
def test_words_of_other_scripts(word, words):
    """Family name and given name come apart, a dot divides a foreign name, the Arabic article stands alone."""
    assert spelled_out(word) == words


def test_the_family_name_stands_first():
    """A name of one Chinese or Korean word says itself which end its surname is at."""
    assert parse_name("陈国伟").surname == ("chen",) and not parse_name("박민서").loose


def test_which_letters_leave_vowels_out():
    """Arabic and Hebrew letters do, Uyghur in Arabic letters does not, where one of its vowels shows."""
    assert is_unvowelled("أحمد") and is_unvowelled("דוד") and not is_unvowelled("ئۆمەر") and not is_unvowelled("Omar")
    assert is_syllabic("陈国伟") and not is_syllabic("Chen") and not is_syllabic("")


@pytest.mark.parametrize(
    ("written", "latin"), [("محمد", "Mohammed"), ("يوسف", "Yusuf"), ("عمر", "Omar"), ("פתח", "Petah")]
)
def test_consonants_meet(written, latin):
    """What is left of a Latin form without its vowels is what the other script writes."""
    assert skeleton(written) == skeleton(latin)


@given(st.text(max_size=12))
def test_any_text_is_read(word):
    """No text breaks it, and none vanishes."""
    assert "".join(spelled_out(word)) or not word


def test_bad_tables_say_where():
    """A table cut short is named."""
    with pytest.raises(LexiconError, match=r"romanization\.toml"):
        load_scripts("[letters]")
