"""Measures a shell from outside, every figure beside a floor of the same run. ``python -m tools.bench``."""
