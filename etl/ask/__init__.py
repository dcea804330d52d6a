"""Questions to a built warehouse: what is in a table, what moved, whether a stamped file still stands."""
