"""How many small counties there are by each definition, and where they are."""
