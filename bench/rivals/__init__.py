"""The overview in Streamlit and in Vizro, for comparison. Runs in `.bench/` (requirements-bench.txt), not in `.venv/`."""
