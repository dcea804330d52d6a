"""Who may read the dashboard, and what they did: accounts, roles, sessions, the audit log. Knows nothing of pages and data."""
