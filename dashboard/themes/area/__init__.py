"""地区档案: an index of all places, and one page for each."""
