"""Narrowing by words: nobody whom a typed name fits is lost on the way."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khronika.text.names import matches
from khronika.text.typed import fitting, typed_words

NAMES = [
    "Aigul Nurlan", "Marat Zhanuzakov", "Murat Januzakov", "Қуат Ахметов", "Abd al-Rahim Zughati", "Olga Petrova",
    "Ivan Petrovich Sidorov", "Kim Jong-un", "Li Wei", "J. Velkaste", "José Díaz-Canel", "Baibolat Kunbolatuly",
    "O'Neill", "Alexander Novak", "Sasha Novak", "Ilham TOHTI", "Dr. Selma Varin", "Omar ibn Khattab", "King",
    "Nguyen Van Thanh",
]  # fmt: skip
TYPED = ["aigul", "Nurlan", "zhanuzakov", "Januzakow", "akhmetov", "Ahmetov Kuat", "zughati", "petrov", "sidorov ivan"]
TYPED += [
    "kim",
    "Wei Li",
    "velkaste j",
    "diaz",
    "kunbolat",
    "ONeill",
    "Aleksandr Novak",
    "tohti",
    "varin",
    "x",
    "",
    "vel",
]


def may_mean(typed: str, name: str) -> bool:
    """Whether the name has one of the words found for each typed word, out of the words of all names."""
    words = sorted({w for other in (*NAMES, name) for w in typed_words(other)})
    found = fitting(typed, words)
    return bool(found) and all(some & typed_words(name) for some in found)


@pytest.mark.parametrize("typed", TYPED)
def test_every_name_that_fits_is_kept(typed):
    """Surname alone, another romanization, a beginning, a slip, a patronymic, an initial, an equivalent given name."""
    assert {name for name in NAMES if matches(typed, name) > 0} <= {name for name in NAMES if may_mean(typed, name)}


def test_most_others_are_not_kept():
    """It is there to narrow: a surname leaves few names."""
    kept = {name for name in NAMES if may_mean("Zughati", name)}
    assert "Abd al-Rahim Zughati" in kept
    assert len(kept) <= 3


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(NAMES), st.text(alphabet="aeiouknrzhvql '-.ұқ", max_size=6), st.integers(0, 12))
def test_no_slip_of_the_keyboard_loses_a_name(name, slip, at):
    """Whatever is typed into a name or in its place: what `matches` takes, narrowing keeps."""
    for typed in (name[:at] + slip + name[at:], name[:at] + slip, slip + name[at:]):
        if matches(typed, name) > 0:
            assert may_mean(typed, name)


@pytest.mark.parametrize("hostile", ["\x00", "‮", "a" * 5000, "-" * 300, "😀 😀", "Mr. Mr. Mr."])
def test_no_text_from_outside_is_too_strange(hostile):
    """Bounded and never a crash."""
    assert isinstance(fitting(hostile, sorted(typed_words("Aigul Nurlan") | typed_words(hostile))), list)
