"""What both halves say alike: quantities in words, numerals, periods, stamps. Pure: it reads no file and imports nothing of ours."""
