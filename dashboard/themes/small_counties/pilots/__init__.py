"""Every pilot county in one table: what it published before and after, and where it stands."""
