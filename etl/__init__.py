"""From cited facts (etl/sources) to one checked warehouse file. Start at build/build.py; the command line is __main__.py."""

__version__ = "0.1.0"
