"""What both halves say alike: quantities in words, numerals, periods, stamps, characters. Pure: it reads no file and imports nothing of ours."""
