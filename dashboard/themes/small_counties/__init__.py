"""人口小县: bodies before and after, cuts, where small counties are."""
