"""换算与推算: one ratio in three spellings, and what a target would mean."""
