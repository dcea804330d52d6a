"""One search over everything: places of the whole country, figures of a place, pages and cards, indicators, terms, sources."""
