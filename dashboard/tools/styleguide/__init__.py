"""What only developers see (DEBUG=1): a page of every component and every figure form, and their sample rows."""
