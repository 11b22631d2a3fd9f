"""Benchmarks: `python -m benchmarks` (or `make benchmark`) measures speed and memory and writes results.md."""
