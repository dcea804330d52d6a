"""Where a table's name is looked for that states no schema, first come first served: DESCRIBE fact, SHOW TABLES, from staffing."""

SEARCHED = ("mart", "zh", "core", "quality", "meta")
