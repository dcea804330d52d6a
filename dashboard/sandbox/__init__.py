"""Where SQL that readers write is run: one statement, one process, no way out of it. No dash here."""
