"""Cited facts and registers from files to checked rows; every problem is reported with file, line and column."""
