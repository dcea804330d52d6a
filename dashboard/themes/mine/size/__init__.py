"""Where a county stands among the counties of the country by population, and which thresholds it is under."""
