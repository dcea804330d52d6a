"""What the reader typed: which fields there are, what their words mean, what is wrong with them."""
