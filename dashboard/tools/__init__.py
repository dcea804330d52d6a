"""What readers work with beside the themes: SQL, briefs, the wall screen, samples for developers."""
