"""Measures the figures of docs/BENCHMARKS.md: `make bench`, or `python -m benchmarks`."""
