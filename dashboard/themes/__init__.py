"""One folder a theme: page, charts, sentences, rows and SQL of what changes together. Later themes may build on earlier ones."""
