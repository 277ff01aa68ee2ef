"""Processes: births, the spare, deaths, hangs. What renderers run is named here by string and never imported."""
