"""The only writer: append-only store, derived tables, custody, verification."""
