"""简报: cards and paragraphs put together to a document."""
