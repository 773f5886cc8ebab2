"""Measurements with stated bounds: `make bench`."""
