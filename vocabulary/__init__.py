"""Words, numerals and characters that both halves know: pure, and below them."""
