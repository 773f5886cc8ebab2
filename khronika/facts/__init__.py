"""The vocabulary: what the rooms hand to each other. Frozen values; nothing here knows files, HTML, SQL or a model."""
