"""Whom "he", "her" and "his" mean."""

from tests.read.conftest import of


def test_nobody_is_what_they_did_to_another(claims):
    """ "Roe stabbed Poe, killing him": an object pronoun is not the subject of its own verb."""
    (death,) = of(claims("Adam Roe stabbed Peter Poe with a kitchen knife, killing him."), "death")
    assert death.targets == ("Peter Poe",)


def test_a_minister_heard_last_is_not_he_who_was_convicted(claims):
    """A pronoun that suffers takes the one held, not the official of the sentence between; one that speaks does not."""
    text = "The novelist John Reed has been imprisoned since May. A letter reached Justice Minister Peter Hale. "
    (verdict,) = of(claims(text + "He was convicted of theft."), "conviction")
    assert verdict.targets == ("John Reed",)


def test_whoever_calls_for_a_release_is_not_released(claims):
    """A possessive beside a demanded event is the one held, not the one who asks."""
    text = "The editor Peter Hale was arrested in May. The singer John Reed, an old friend, called for his release."
    (release,) = of(claims(text), "release")
    assert release.targets == ("Peter Hale",)


def test_he_is_the_nearest_man_of_the_sentence(claims):
    """ "Her husband … after he was jailed": not the last man named in the story."""
    text = "Marat Orlov was elected in May. Dana Sultan took over from her husband after he was jailed."
    (jailed,) = of(claims(text), "detention")
    assert (jailed.targets, jailed.group) == ((), "her husband")
