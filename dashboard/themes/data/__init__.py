"""数据: every fact in a grid, coverage, sources, conflicts, corrections."""
