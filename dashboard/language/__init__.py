"""What is said in Chinese: words for values, typesetting, sentences that carry their receipts."""
