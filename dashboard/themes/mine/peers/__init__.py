"""Places that are near the reader's in what they published."""
