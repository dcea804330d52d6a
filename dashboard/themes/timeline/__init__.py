"""Dated events, which several themes show."""
