"""Benchmarks that hold the budgets: one module each, `python -m bench [name …]` runs them and prints 项目, 实测, 预算, 是否达标.

A benchmark compares things measured in the same run, so that a slow or busy machine does not decide. To add one, write a
module with a docstring, NAME (Chinese), BUDGET (Chinese) and main() that hands its lines to `bench.report.tell`.
"""
