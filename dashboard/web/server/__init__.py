"""What the web server adds around Dash: compression, headers, health, downloads."""
