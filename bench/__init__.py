"""Measurements with stated bounds: `make bench`. Under the program's own limit on threads."""

from khronika.settings import keep_to_threads

keep_to_threads(1)
