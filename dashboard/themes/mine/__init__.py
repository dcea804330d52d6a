"""我县: a reader's own county beside what is published."""
