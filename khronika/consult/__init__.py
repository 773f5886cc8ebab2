"""What does another reader make of the same story? Asks an OpenAI-compatible endpoint; the one room with a network."""
