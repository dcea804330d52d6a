"""乡镇: posts, payrolls, structure and centres of townships."""
