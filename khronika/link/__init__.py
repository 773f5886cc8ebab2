"""Who and what is the same: people, organizations, events, copies of text. Suggests; never writes."""
