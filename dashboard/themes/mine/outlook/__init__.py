"""What the cuts that pilots published would mean in the reader's numbers, and what else could be said if more were known."""
