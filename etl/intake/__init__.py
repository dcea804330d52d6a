"""Workbooks and tables from elsewhere to facts of ours, each with its cell; every doubt is a finding of that cell."""
