"""A hundred records that are not what they were, through the verbs: each ends with a message and a code of its own."""

from __future__ import annotations

import random
import shutil

import pytest

from tests.cli import damaging

ASKED = damaging.verbs("Jorun", "2031-06-23")


@pytest.fixture(scope="module")
def sound(record_folder):
    """What each verb says of the record as it was."""
    return damaging.answers(record_folder, ASKED)


@pytest.mark.parametrize("number", range(100))
def test_no_traceback_and_no_empty_answer(record_folder, sound, tmp_path, number):
    """Each damaged record meets `verify` and two other verbs."""
    chosen = random.Random(number)
    shutil.copytree(record_folder, tmp_path / "record")
    how = damaging.damage(tmp_path / "record", chosen, number)
    assert damaging.wrong_with(tmp_path / "record", sound, ASKED, chosen) == "", how
