"""农技推广: posts and people of the extension service."""
