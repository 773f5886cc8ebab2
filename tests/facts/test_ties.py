"""The ties that stories state."""

from khronika.facts.claims import Relation
from khronika.facts.ties import stated_ties


def test_each_side_by_its_name_in_the_record():
    """Both sides have the tie, once, whatever stories call them; who is unknown keeps the name as written."""
    relations = [
        Relation("a", "M. Ruiz", "spouse", "Pavel Novak"),
        Relation("b", "Marta Ruiz", "spouse", "Novak"),
        Relation("b", "Marta Ruiz", "leader_of", "River Guard"),
    ]
    names = {("a", "M. Ruiz"): "p1", ("a", "Pavel Novak"): "p2", ("b", "Marta Ruiz"): "p1", ("b", "Novak"): "p2"}
    found = stated_ties(relations, names, {"p1": "Marta Ruiz", "p2": "Pavel Novak"})
    wed = ("Marta Ruiz", "spouse", "Pavel Novak")
    assert found == {"p1": (("Marta Ruiz", "leader_of", "River Guard"), wed), "p2": (wed,)}


def test_who_nobody_knows_has_no_ties():
    """Ties between names that are nobody's are nobody's."""
    assert stated_ties([Relation("a", "X", "spouse", "Y")], {}, {}) == {}
