"""How well the reading agrees with hand-made gold, per field. Part of the product, not of the tests."""
