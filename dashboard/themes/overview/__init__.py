"""总览: the headlines of all themes."""
