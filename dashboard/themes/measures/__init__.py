"""What places did, statement by statement, which several themes show."""
