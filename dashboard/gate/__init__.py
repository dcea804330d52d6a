"""What may be compared, and what has to be said about it: verdicts and notes, made before anything is drawn."""
