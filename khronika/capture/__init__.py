"""From outside to frozen: bytes are hashed and kept, then split into stories with labeled blocks."""
