from __future__ import annotations

from khronika.read.naming import is_other_lexicon, lexicon_in_name, own_lexicon
from khronika.settings import Settings


def test_the_lexicon_shows_in_the_name():
    """Bundled frames need no word; other frames than this run's are told apart, another reader is none of either."""
    assert own_lexicon(Settings()) == lexicon_in_name("") == ""
    mine = lexicon_in_name("3fa9c1d2")
    assert not is_other_lexicon(f"frames 1{mine} / bundled 1", mine)
    assert is_other_lexicon("frames 1 / bundled 1", mine)
    assert is_other_lexicon(f"frames 1{mine} / bundled 1", "")
    assert not is_other_lexicon("llm 1 / m", mine)
