"""The app: shell, addresses, first HTML, server."""
