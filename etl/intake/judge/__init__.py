"""What is wrong with the figures of a file, each with its cell: marking, shape, rows against the registries, sizes, sums."""
