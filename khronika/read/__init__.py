"""From a story to claims: one file per step, driven by the lexicons in `resources/`."""
