"""The dashboard: reads the warehouse file, never the ETL. Import floors: see README, held by tests/test_architecture.py."""
