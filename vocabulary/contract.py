"""The shape of the warehouse file that both halves agree on: etl/ writes it, dashboard/ reads it.

The number goes up with every change of tables, columns or their types, so that a dashboard never reads a file of another shape and
finds out at one column. SHAPE is a digest of that shape; tests/test_contract.py compares it with a build and says what to write here.
"""

NUMBER = 2
SHAPE = "740d0edd73412fdc"
