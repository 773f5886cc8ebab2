"""Builds the bundled English model: `python -m training.build`. Not part of the installed package."""
