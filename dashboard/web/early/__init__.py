"""A page before its scripts: written as HTML in the first answer, drawn by a small script, replaced by the live page in one go."""
