"""The HTTP interface: charts, facts, SQL. The same functions as under the pages, described by /openapi.json."""
