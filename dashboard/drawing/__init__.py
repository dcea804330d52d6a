"""Rows to drawings, one form a module. The only home of plotly."""
