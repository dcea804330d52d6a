"""From checked rows to a warehouse that keeps its promises. Start at build.py."""
