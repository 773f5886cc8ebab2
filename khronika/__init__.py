"""khronika: from news text to a person's custody status as of any day, as known on any day."""

__version__ = "0.1.0"
