"""What analysts get around their SQL: saved queries, the schema in words, the sources behind rows, a picture of rows."""
