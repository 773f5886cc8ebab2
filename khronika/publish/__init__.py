"""From the record to files: the codebook's interchange. Reads only."""
