"""Who and what is the same: people, organizations, places, events, copies of text."""

from khronika.link.rebuild import link

__all__ = ["link"]
